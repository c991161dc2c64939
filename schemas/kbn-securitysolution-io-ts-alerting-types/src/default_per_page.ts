import { pagingNumber } from "./internal/counting_number.js";

/** 20 when absent. */
export const DefaultPerPage = pagingNumber(20);
