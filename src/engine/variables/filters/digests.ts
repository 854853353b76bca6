type Digest = (message: Uint8Array) => Uint8Array;

const mask64 = 0xffff_ffff_ffff_ffffn;

const rotateLeft = (word: number, count: number) => (word << count) | (word >>> (32 - count));
const rotateRight = (word: number, count: number) => (word >>> count) | (word << (32 - count));
const rotateRight64 = (word: bigint, count: bigint) => (word >> count) | ((word << (64n - count)) & mask64);

/** The message with a 1 bit, zeros and its length in bits behind it, to a multiple of the block size. */
function padded(message: Uint8Array, blockSize: number, littleEndian: boolean): DataView {
  const lengthSize = blockSize / 8;
  const size = Math.ceil((message.length + 1 + lengthSize) / blockSize) * blockSize;
  const bytes = new Uint8Array(size);
  bytes.set(message);
  bytes[message.length] = 0x80;
  const view = new DataView(bytes.buffer);
  const bits = BigInt(message.length) * 8n;
  view.setBigUint64(littleEndian ? size - lengthSize : size - 8, bits, littleEndian);
  return view;
}

function firstPrimes(count: number): number[] {
  const primes: number[] = [];
  for (let candidate = 2; primes.length < count; candidate++) {
    if (primes.every((prime) => candidate % prime !== 0)) primes.push(candidate);
  }
  return primes;
}

/** The largest integer whose power does not exceed a value. */
function integerRoot(value: bigint, degree: bigint): bigint {
  let low = 0n;
  let high = 1n << (BigInt(value.toString(2).length) / degree + 1n);
  while (high - low > 1n) {
    const middle = (low + high) / 2n;
    if (middle ** degree <= value) low = middle;
    else high = middle;
  }
  return low;
}

/** The first 64 bits behind the point of the roots of the first primes, from which the SHA-2 family takes its constants. */
function rootFractions(count: number, degree: bigint): bigint[] {
  return firstPrimes(count).map((prime) => integerRoot(BigInt(prime) << (64n * degree), degree) & mask64);
}

/** Computes a value when it is first asked for: most texts need no digest, and the constants cost more than a short evaluation. */
function once<T>(compute: () => T): () => T {
  let value: T | undefined;
  return () => {
    value ??= compute();
    return value;
  };
}

const cubeRoots = once(() => rootFractions(80, 3n));
const squareRoots = once(() => rootFractions(16, 2n));
const sha256Constants = once(() => Int32Array.from(cubeRoots().slice(0, 64), (root) => Number(root >> 32n)));
const sha256Start = once(() =>
  squareRoots()
    .slice(0, 8)
    .map((root) => Number(root >> 32n)),
);

const md5Shifts = [7, 12, 17, 22, 5, 9, 14, 20, 4, 11, 16, 23, 6, 10, 15, 21];
const md5Constants = Int32Array.from({ length: 64 }, (_, step) => Math.floor(Math.abs(Math.sin(step + 1)) * 2 ** 32));

/** MD5 (RFC 1321). */
export const md5: Digest = (message) => {
  const view = padded(message, 64, true);
  const state = Int32Array.of(0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476);
  for (let block = 0; block < view.byteLength; block += 64) {
    let [a = 0, b = 0, c = 0, d = 0] = state;
    for (let step = 0; step < 64; step++) {
      const round = step >> 4;
      const mixed = [(b & c) | (~b & d), (d & b) | (~d & c), b ^ c ^ d, c ^ (b | ~d)][round] ?? 0;
      const index = [step, 5 * step + 1, 3 * step + 5, 7 * step][round] ?? 0;
      const sum = a + mixed + (md5Constants[step] ?? 0) + view.getInt32(block + (index % 16) * 4, true);
      [a, d, c, b] = [d, c, b, (b + rotateLeft(sum | 0, md5Shifts[round * 4 + (step % 4)] ?? 0)) | 0];
    }
    addTo(state, [a, b, c, d]);
  }
  return bytesOf(state, true);
};

/** SHA-1 (FIPS 180-4). */
export const sha1: Digest = (message) => {
  const view = padded(message, 64, false);
  const state = Int32Array.of(0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0);
  const words = new Int32Array(80);
  for (let block = 0; block < view.byteLength; block += 64) {
    for (let t = 0; t < 80; t++) {
      const mixed = (words[t - 3] ?? 0) ^ (words[t - 8] ?? 0) ^ (words[t - 14] ?? 0) ^ (words[t - 16] ?? 0);
      words[t] = t < 16 ? view.getInt32(block + t * 4) : rotateLeft(mixed, 1);
    }
    let [a = 0, b = 0, c = 0, d = 0, e = 0] = state;
    for (let t = 0; t < 80; t++) {
      const round = Math.floor(t / 20);
      const mixed = [(b & c) | (~b & d), b ^ c ^ d, (b & c) | (b & d) | (c & d), b ^ c ^ d][round] ?? 0;
      const constant = [0x5a827999, 0x6ed9eba1, 0x8f1bbcdc, 0xca62c1d6][round] ?? 0;
      const next = (rotateLeft(a, 5) + mixed + e + constant + (words[t] ?? 0)) | 0;
      [e, d, c, b, a] = [d, c, rotateLeft(b, 30), a, next];
    }
    addTo(state, [a, b, c, d, e]);
  }
  return bytesOf(state, false);
};

/** SHA-256 (FIPS 180-4). */
export const sha256: Digest = (message) => {
  const view = padded(message, 64, false);
  const state = Int32Array.from(sha256Start());
  const constants = sha256Constants();
  const words = new Int32Array(64);
  for (let block = 0; block < view.byteLength; block += 64) {
    for (let t = 0; t < 64; t++) {
      const [early, late] = [words[t - 15] ?? 0, words[t - 2] ?? 0];
      const small = rotateRight(early, 7) ^ rotateRight(early, 18) ^ (early >>> 3);
      const large = rotateRight(late, 17) ^ rotateRight(late, 19) ^ (late >>> 10);
      words[t] = t < 16 ? view.getInt32(block + t * 4) : (words[t - 16] ?? 0) + small + (words[t - 7] ?? 0) + large;
    }
    let [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0] = state;
    for (let t = 0; t < 64; t++) {
      const sumE = rotateRight(e, 6) ^ rotateRight(e, 11) ^ rotateRight(e, 25);
      const first = h + sumE + ((e & f) ^ (~e & g)) + (constants[t] ?? 0) + (words[t] ?? 0);
      const sumA = rotateRight(a, 2) ^ rotateRight(a, 13) ^ rotateRight(a, 22);
      const second = sumA + ((a & b) ^ (a & c) ^ (b & c));
      [h, g, f, e, d, c, b, a] = [g, f, e, (d + first) | 0, c, b, a, (first + second) | 0];
    }
    addTo(state, [a, b, c, d, e, f, g, h]);
  }
  return bytesOf(state, false);
};

function sha512With(start: () => readonly bigint[], size: number): Digest {
  return (message) => {
    const constants = cubeRoots();
    const view = padded(message, 128, false);
    const state = BigUint64Array.from(start());
    const words = new BigUint64Array(80);
    for (let block = 0; block < view.byteLength; block += 128) {
      for (let t = 0; t < 80; t++) {
        const [early, late] = [words[t - 15] ?? 0n, words[t - 2] ?? 0n];
        const small = rotateRight64(early, 1n) ^ rotateRight64(early, 8n) ^ (early >> 7n);
        const large = rotateRight64(late, 19n) ^ rotateRight64(late, 61n) ^ (late >> 6n);
        words[t] = t < 16 ? view.getBigUint64(block + t * 8) : (words[t - 16] ?? 0n) + small + (words[t - 7] ?? 0n) + large;
      }
      let [a = 0n, b = 0n, c = 0n, d = 0n, e = 0n, f = 0n, g = 0n, h = 0n] = state;
      for (let t = 0; t < 80; t++) {
        const sumE = rotateRight64(e, 14n) ^ rotateRight64(e, 18n) ^ rotateRight64(e, 41n);
        const first = h + sumE + ((e & f) ^ ((e ^ mask64) & g)) + (constants[t] ?? 0n) + (words[t] ?? 0n);
        const sumA = rotateRight64(a, 28n) ^ rotateRight64(a, 34n) ^ rotateRight64(a, 39n);
        const second = sumA + ((a & b) ^ (a & c) ^ (b & c));
        [h, g, f, e, d, c, b, a] = [g, f, e, (d + first) & mask64, c, b, a, (first + second) & mask64];
      }
      [a, b, c, d, e, f, g, h].forEach((word, i) => {
        state[i] = (state[i] ?? 0n) + word;
      });
    }
    const bytes = new DataView(new ArrayBuffer(64));
    state.forEach((word, i) => {
      bytes.setBigUint64(i * 8, word);
    });
    return new Uint8Array(bytes.buffer, 0, size);
  };
}

/** SHA-384 (FIPS 180-4). */
export const sha384: Digest = sha512With(() => squareRoots().slice(8), 48);

/** SHA-512 (FIPS 180-4). */
export const sha512: Digest = sha512With(() => squareRoots().slice(0, 8), 64);

function addTo(state: Int32Array, words: readonly number[]): void {
  for (const [i, word] of words.entries()) state[i] = (state[i] ?? 0) + word;
}

function bytesOf(state: Int32Array, littleEndian: boolean): Uint8Array {
  const view = new DataView(new ArrayBuffer(state.length * 4));
  state.forEach((word, i) => {
    view.setInt32(i * 4, word, littleEndian);
  });
  return new Uint8Array(view.buffer);
}
