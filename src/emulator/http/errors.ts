/** Kibana's two error envelopes. */

const REASONS: Readonly<Record<number, string>> = {
  400: "Bad Request",
  401: "Unauthorized",
  403: "Forbidden",
  404: "Not Found",
  409: "Conflict",
  413: "Request Entity Too Large",
  415: "Unsupported Media Type",
  429: "Too Many Requests",
  500: "Internal Server Error",
  502: "Bad Gateway",
  503: "Service Unavailable",
  504: "Gateway Timeout",
};

/** A refusal by Kibana's core: `{statusCode, error, message}`. */
export class PlatformError extends Error {
  constructor(
    readonly status: number,
    message: string = REASONS[status] ?? "Unknown",
    readonly headers: Readonly<Record<string, string>> = {},
    readonly attributes?: unknown,
  ) {
    super(message);
  }

  body(): unknown {
    return {
      statusCode: this.status,
      error: REASONS[this.status] ?? "Unknown",
      message: this.message,
      ...(this.attributes === undefined ? {} : { attributes: this.attributes }),
    };
  }
}

/** A refusal by the detection, exception or list handlers: `{message, status_code}`; several texts make a list. */
export class SiemError extends Error {
  constructor(
    readonly status: number,
    readonly content: unknown,
  ) {
    super(typeof content === "string" ? content : JSON.stringify(content));
  }

  body(): unknown {
    return { message: this.content, status_code: this.status };
  }
}
