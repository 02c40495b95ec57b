/**
 * PostgreSQL cannot be reached, is starting or stopping, has been demoted, has no connection, memory or disk left, or broke off what was asked:
 * for its time, for a lock that somebody holds, or since it could not be put in an order with what others did. A repeat may go through.
 */
export function isDatabaseOutage(error: unknown): boolean {
  if (typeof error !== 'object' || error === null) return false;
  const { code, message } = error as { code?: unknown; message?: unknown };
  if (typeof code === 'string' && (SERVER_OUTAGE.test(code) || NETWORK_OUTAGES.includes(code))) return true;
  return typeof message === 'string' && DRIVER_OUTAGE.test(message);
}

/** SQLSTATEs (PostgreSQL, appendix A): classes 08, 40 and 53, and single ones. */
const SERVER_OUTAGE = /^(08...|40...|53...|57014|57P0\d|55P03|58030|25006|25P0[34])$/;

/** What the driver says in words alone; the last of a connection that broke within a transaction, when it is rolled back. */
const DRIVER_OUTAGE = /^(timeout exceeded when trying to connect|Connection terminated|Query read timeout)|^Client .*is not queryable$/;

const NETWORK_OUTAGES = ['ECONNREFUSED', 'ECONNRESET', 'ETIMEDOUT', 'EPIPE', 'EHOSTUNREACH', 'ENOTFOUND'];
