/** MD5 and the SHA family, in plain JavaScript: the query languages run in a browser too. */

/** The algorithms by the names that Java has for them, in lower case. */
const ALGORITHMS: Readonly<Record<string, (bytes: Uint8Array) => Uint8Array>> = {
  md5,
  sha: sha1,
  "sha-1": sha1,
  "sha-224": (bytes) => sha2(bytes, SHA224).subarray(0, 28),
  "sha-256": (bytes) => sha2(bytes, SHA256),
  "sha-384": (bytes) => sha512(bytes, SHA384).subarray(0, 48),
  "sha-512": (bytes) => sha512(bytes, SHA512),
};

/** The digest of a text in hexadecimal; undefined where there is no such algorithm. */
export function digest(algorithm: string, text: string): string | undefined {
  const name = algorithm.toLowerCase().replace(/^sha(\d)/, "sha-$1");
  if (!Object.hasOwn(ALGORITHMS, name)) return undefined;
  const bytes = ALGORITHMS[name]!(new TextEncoder().encode(text));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** The message with a bit of 1, zeros, and its length in bits at the end of a block. */
function padded(bytes: Uint8Array, block: number, littleEndian: boolean): DataView {
  const lengthBytes = block / 8;
  const size = Math.ceil((bytes.length + 1 + lengthBytes) / block) * block;
  const message = new Uint8Array(size);
  message.set(bytes);
  message[bytes.length] = 0x80;
  const view = new DataView(message.buffer);
  const bits = BigInt(bytes.length) * 8n;
  view.setBigUint64(size - 8, bits, littleEndian);
  return view;
}

const left = (word: number, by: number): number => (word << by) | (word >>> (32 - by));
const right = (word: number, by: number): number => (word >>> by) | (word << (32 - by));

function bytesOf(words: Iterable<number>, count: number, littleEndian: boolean): Uint8Array {
  const view = new DataView(new ArrayBuffer(count * 4));
  let at = 0;
  for (const word of words) view.setUint32(4 * at++, word >>> 0, littleEndian);
  return new Uint8Array(view.buffer);
}

const MD5_SHIFTS = [[7, 12, 17, 22], [5, 9, 14, 20], [4, 11, 16, 23], [6, 10, 15, 21]]; // prettier-ignore
const MD5_SINES = Int32Array.from(
  { length: 64 },
  (_, at) => Math.floor(Math.abs(Math.sin(at + 1)) * 2 ** 32) | 0,
);

/** RFC 1321 */
function md5(bytes: Uint8Array): Uint8Array {
  const message = padded(bytes, 64, true);
  const state = Int32Array.of(0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476);
  for (let block = 0; block < message.byteLength; block += 64) {
    let [a, b, c, d] = state as unknown as [number, number, number, number];
    for (let step = 0; step < 64; step++) {
      const round = step >> 4;
      const [mixed, word] =
        round === 0
          ? [(b & c) | (~b & d), step]
          : round === 1
            ? [(d & b) | (~d & c), (5 * step + 1) % 16]
            : round === 2
              ? [b ^ c ^ d, (3 * step + 5) % 16]
              : [c ^ (b | ~d), (7 * step) % 16];
      const sum = (a + mixed + MD5_SINES[step]! + message.getInt32(block + 4 * word, true)) | 0;
      [a, d, c, b] = [d, c, b, (b + left(sum, MD5_SHIFTS[round]![step % 4]!)) | 0];
    }
    [a, b, c, d].forEach((word, at) => (state[at] = (state[at]! + word) | 0));
  }
  return bytesOf(state, 4, true);
}

/** FIPS 180-4, section 6.1 */
function sha1(bytes: Uint8Array): Uint8Array {
  const message = padded(bytes, 64, false);
  const state = Int32Array.of(0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0);
  const words = new Int32Array(80);
  for (let block = 0; block < message.byteLength; block += 64) {
    for (let at = 0; at < 80; at++)
      words[at] =
        at < 16
          ? message.getInt32(block + 4 * at)
          : left(words[at - 3]! ^ words[at - 8]! ^ words[at - 14]! ^ words[at - 16]!, 1);
    let [a, b, c, d, e] = state as unknown as [number, number, number, number, number];
    for (let step = 0; step < 80; step++) {
      const [mixed, constant] =
        step < 20
          ? [(b & c) | (~b & d), 0x5a827999]
          : step < 40
            ? [b ^ c ^ d, 0x6ed9eba1]
            : step < 60
              ? [(b & c) | (b & d) | (c & d), 0x8f1bbcdc]
              : [b ^ c ^ d, 0xca62c1d6];
      [e, d, c, b, a] = [d, c, left(b, 30), a, (left(a, 5) + mixed + e + constant + words[step]!) | 0];
    }
    [a, b, c, d, e].forEach((word, at) => (state[at] = (state[at]! + word) | 0));
  }
  return bytesOf(state, 5, false);
}

/** The first primes, whose roots give the constants of SHA-2. */
const PRIMES = firstPrimes(80);

function firstPrimes(count: number): number[] {
  const primes: number[] = [];
  for (let number = 2; primes.length < count; number++)
    if (primes.every((prime) => number % prime !== 0)) primes.push(number);
  return primes;
}

/** The first 64 bits of the fraction of a root, of degree 2 or 3. */
function fractionOfRoot(number: number, degree: bigint): bigint {
  const wanted = BigInt(number) << (64n * degree);
  let root = 0n;
  for (let bit = 1n << 68n; bit > 0n; bit >>= 1n) if ((root + bit) ** degree <= wanted) root += bit;
  return root & MASK;
}

const MASK = (1n << 64n) - 1n;
const CUBES = PRIMES.map((prime) => fractionOfRoot(prime, 3n));
const SQUARES = PRIMES.slice(0, 16).map((prime) => fractionOfRoot(prime, 2n));
const ROUND_WORDS = Int32Array.from(CUBES.slice(0, 64), (word) => Number(word >> 32n) | 0);
const SHA256 = SQUARES.slice(0, 8).map((word) => Number(word >> 32n));
const SHA224 = SQUARES.slice(8, 16).map((word) => Number(word & 0xffffffffn));
const SHA512 = SQUARES.slice(0, 8);
const SHA384 = SQUARES.slice(8, 16);

/** FIPS 180-4, section 6.2: SHA-224 and SHA-256 */
function sha2(bytes: Uint8Array, start: readonly number[]): Uint8Array {
  const message = padded(bytes, 64, false);
  const state = Int32Array.from(start);
  const words = new Int32Array(64);
  for (let block = 0; block < message.byteLength; block += 64) {
    for (let at = 0; at < 64; at++) {
      if (at < 16) words[at] = message.getInt32(block + 4 * at);
      else {
        const [low, high] = [words[at - 15]!, words[at - 2]!];
        const first = right(low, 7) ^ right(low, 18) ^ (low >>> 3);
        const second = right(high, 17) ^ right(high, 19) ^ (high >>> 10);
        words[at] = (words[at - 16]! + first + words[at - 7]! + second) | 0;
      }
    }
    let [a, b, c, d, e, f, g, h] = state as unknown as [
      number,
      number,
      number,
      number,
      number,
      number,
      number,
      number,
    ];
    for (let step = 0; step < 64; step++) {
      const one =
        (h +
          (right(e, 6) ^ right(e, 11) ^ right(e, 25)) +
          ((e & f) ^ (~e & g)) +
          ROUND_WORDS[step]! +
          words[step]!) |
        0;
      const two = ((right(a, 2) ^ right(a, 13) ^ right(a, 22)) + ((a & b) ^ (a & c) ^ (b & c))) | 0;
      [h, g, f, e, d, c, b, a] = [g, f, e, (d + one) | 0, c, b, a, (one + two) | 0];
    }
    [a, b, c, d, e, f, g, h].forEach((word, at) => (state[at] = (state[at]! + word) | 0));
  }
  return bytesOf(state, 8, false);
}

const rotated = (word: bigint, by: bigint): bigint => ((word >> by) | (word << (64n - by))) & MASK;

/** FIPS 180-4, section 6.4: SHA-384 and SHA-512 */
function sha512(bytes: Uint8Array, start: readonly bigint[]): Uint8Array {
  const message = padded(bytes, 128, false);
  const state = [...start];
  const words: bigint[] = [];
  for (let block = 0; block < message.byteLength; block += 128) {
    for (let at = 0; at < 80; at++) {
      if (at < 16) words[at] = message.getBigUint64(block + 8 * at);
      else {
        const [low, high] = [words[at - 15]!, words[at - 2]!];
        const first = rotated(low, 1n) ^ rotated(low, 8n) ^ (low >> 7n);
        const second = rotated(high, 19n) ^ rotated(high, 61n) ^ (high >> 6n);
        words[at] = (words[at - 16]! + first + words[at - 7]! + second) & MASK;
      }
    }
    let [a, b, c, d, e, f, g, h] = state as [bigint, bigint, bigint, bigint, bigint, bigint, bigint, bigint];
    for (let step = 0; step < 80; step++) {
      const one =
        (h +
          (rotated(e, 14n) ^ rotated(e, 18n) ^ rotated(e, 41n)) +
          ((e & f) ^ (~e & MASK & g)) +
          CUBES[step]! +
          words[step]!) &
        MASK;
      const two =
        ((rotated(a, 28n) ^ rotated(a, 34n) ^ rotated(a, 39n)) + ((a & b) ^ (a & c) ^ (b & c))) & MASK;
      [h, g, f, e, d, c, b, a] = [g, f, e, (d + one) & MASK, c, b, a, (one + two) & MASK];
    }
    [a, b, c, d, e, f, g, h].forEach((word, at) => (state[at] = (state[at]! + word) & MASK));
  }
  return bytesOf(
    state.flatMap((word) => [Number(word >> 32n), Number(word & 0xffffffffn)]),
    16,
    false,
  );
}
