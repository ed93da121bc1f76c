/** So long after it was begun, no write lands any more: no proxy or queue keeps a request that long. */
export const LATEST_LANDING_MS = 15 * 60_000;
