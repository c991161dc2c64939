import { pagingNumber } from "./internal/counting_number.js";

/** 1 when absent. */
export const DefaultPage = pagingNumber(1);
