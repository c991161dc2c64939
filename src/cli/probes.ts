import { lookup } from "node:dns/promises";
import { isIP } from "node:net";
import * as tls from "node:tls";
import type { Handshake, Probes } from "../deploy/doctor/types.js";

const TIMEOUT = 10_000;

/** The network of this machine. */
export const networkProbes: Probes = {
  lookup: async (host) => [
    ...new Set((await lookup(host, { all: true, verbatim: true })).map(({ address }) => address)),
  ],
  handshake: (host, port, ca) =>
    new Promise<Handshake>((resolve, reject) => {
      const socket = tls.connect({
        host,
        port,
        timeout: TIMEOUT,
        // Only to look at the certificate, trusted or not: nothing is sent over this connection.
        rejectUnauthorized: false,
        ...(isIP(host) === 0 ? { servername: host } : {}),
        ...(ca === undefined ? {} : { ca: [...tls.rootCertificates, ca] }),
      });
      socket.once("secureConnect", () => {
        resolve(handshakeOf(socket));
        socket.end();
      });
      socket.once("timeout", () =>
        socket.destroy(Object.assign(new Error("timeout"), { code: "ETIMEDOUT" })),
      );
      socket.once("error", reject);
    }),
};

function handshakeOf(socket: tls.TLSSocket): Handshake {
  const { valid_to: until, issuer } = socket.getPeerCertificate();
  const expires = Date.parse(until);
  const by = issuer.O ?? issuer.CN;
  return {
    // Node gives the code of the failed verification, though it is typed as an error.
    ...(socket.authorized ? {} : { error: codeOf(socket.authorizationError) }),
    ...(Number.isNaN(expires) ? {} : { expires }),
    ...(by === undefined ? {} : { issuer: by }),
  };
}

function codeOf(error: unknown): string {
  if (typeof error === "string") return error;
  const code = typeof error === "object" && error !== null && "code" in error ? error.code : undefined;
  return typeof code === "string" ? code : "CERT_UNTRUSTED";
}
