/** Why a value cannot be calculated. The result is then null, and the query's warnings say so. */
export class Failure extends Error {
  /** The name of Java's class of exception, which Elasticsearch's warning gives. */
  readonly exception: string;

  constructor(message: string, exception: string = ILLEGAL_ARGUMENT) {
    super(message);
    this.exception = exception;
  }
}

export const ILLEGAL_ARGUMENT = "java.lang.IllegalArgumentException";
const ARITHMETIC = "java.lang.ArithmeticException";
const INVALID = "org.elasticsearch.xpack.esql.core.InvalidArgumentException";

/** A result that a type cannot hold. */
export const arithmeticFailure = (message: string): Failure => new Failure(message, ARITHMETIC);

/** A value that a conversion does not accept. */
export const conversionFailure = (message: string): Failure => new Failure(message, INVALID);
