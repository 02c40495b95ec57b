import { connect } from 'node:net';
import type { Environment } from './executables.ts';

/** How long a host may take to accept a connection before a fetch is judged impossible. */
export const CONNECT_LIMIT_MS = 5_000;

/** Whether a TCP connection to the URL's host (or to the proxy the environment names for it) is accepted within the limit. */
export function isReachable(url: string, environment: Environment, limitMs: number = CONNECT_LIMIT_MS): Promise<boolean> {
  const target = connectionTarget(new URL(url), environment);
  return new Promise((resolve) => {
    const socket = connect({ host: target.host, port: target.port, timeout: limitMs });
    const settle = (reachable: boolean) => {
      clearTimeout(limit);
      socket.destroy();
      resolve(reachable);
    };
    const limit = setTimeout(() => settle(false), limitMs);
    socket.once('connect', () => settle(true));
    socket.once('error', () => settle(false));
  });
}

function connectionTarget(url: URL, environment: Environment): { host: string; port: number } {
  const variables = url.protocol === 'http:' ? ['http_proxy', 'HTTP_PROXY'] : ['https_proxy', 'HTTPS_PROXY'];
  const proxy = [...variables, 'all_proxy', 'ALL_PROXY']
    .map((name) => environment[name])
    .find((value) => value !== undefined && value !== '');
  const target = proxy === undefined ? url : new URL(proxy.includes('://') ? proxy : `http://${proxy}`);
  return { host: target.hostname, port: Number(target.port) || (target.protocol === 'https:' ? 443 : 80) };
}
