/** How every client, those that fetch credentials included, talks HTTP: through the environment's proxy, never waiting for ever. */
export const requestHandler = {
  connectionTimeout: 5_000,
  requestTimeout: 30_000,
  throwOnRequestTimeout: true,
  httpsAgent: { keepAlive: true, maxSockets: 50, proxyEnv: process.env },
  httpAgent: { keepAlive: true, maxSockets: 50 },
};
