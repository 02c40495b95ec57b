import { checkAnswer, prepare } from './client.ts';
import type { Role } from './types.ts';

export interface Staff {
  staffId: string;
  name: string;
  role: Role;
  shopId: string;
  /** The shop plays against simulators. */
  sandbox: boolean;
  mustChangePassword: boolean;
}
export interface Session {
  staff: Staff;
  csrfToken: string;
  serverTime: string;
}
export interface DemoStaff {
  shopId: string;
  name: string;
  role: Role;
  password: string;
}
export interface ConsoleConfig {
  /** Null for staff who may not open it. */
  temporalUiUrl: string | null;
  temporalNamespace: string | null;
  /** What each role may do. */
  roles: Record<Role, string[]>;
  /** Codes of the carriers the service is connected to. */
  carriers: string[];
  agreement: { version: string; text: string };
}
export interface Counters {
  toHandle: number;
  dueWithin24h: number;
  intercepting: number;
  failedToHandle: number;
  rejectable: number;
  returnTrouble: number;
  claiming: number;
  disputed: number;
}
export interface SignedInSession {
  sessionId: string;
  staffName: string;
  createdAt: string;
  lastSeenAt: string;
  current: boolean;
}
export interface StaffMember {
  staffId: string;
  name: string;
  role: Role;
  active: boolean;
  createdAt: string;
}
/** A page whose list can be kept as a view. */
export type ViewPage = 'WORKBENCH' | 'INTERCEPTS' | 'CLAIMS';
export interface SavedView {
  viewId: string;
  page: ViewPage;
  name: string;
  /** Of the page's address, without `?`. */
  query: string;
}
export interface ApiKey {
  keyId: string;
  label: string;
  shown: string;
  scopes: string[];
  createdAt: string;
  lastUsedAt: string | null;
  revokedAt: string | null;
}

/** One call of the thin `/console/api`: what people need beside the `/v1` contract. */
async function call<T>(method: string, path: string, body?: unknown): Promise<T> {
  const init: RequestInit = { method, credentials: 'same-origin' };
  if (body !== undefined) {
    init.body = JSON.stringify(body);
    init.headers = { 'content-type': 'application/json' };
  }
  const request = new Request(`/console/api${path}`, init);
  prepare(request);
  const response = await fetch(request);
  await checkAnswer(request, response);
  return (response.status === 204 ? null : await response.json()) as T;
}

const one = (id: string): string => encodeURIComponent(id);

/** Everything the console asks beside `/v1`. All reject with `ApiProblem`. */
export const consoleApi = {
  session: () => call<Session>('GET', '/session'),
  signIn: (shopId: string, name: string, password: string) => call<Session>('POST', '/session', { shopId, name, password }),
  signOut: () => call<null>('DELETE', '/session'),
  changePassword: (current: string, next: string) => call<Session>('POST', '/password', { current, next }),
  demo: () => call<{ staff: DemoStaff[] }>('GET', '/demo'),
  config: () => call<ConsoleConfig>('GET', '/config'),
  counters: () => call<Counters>('GET', '/counters'),
  sessions: () => call<{ items: SignedInSession[] }>('GET', '/sessions'),
  endSession: (sessionId: string) => call<null>('DELETE', `/sessions/${one(sessionId)}`),
  staff: () => call<{ items: StaffMember[] }>('GET', '/staff'),
  addStaff: (name: string, role: Role) => call<{ staff: StaffMember; password: string }>('POST', '/staff', { name, role }),
  changeStaff: (staffId: string, change: { role?: Role; active?: boolean; resetPassword?: true }) =>
    call<{ staff: StaffMember; password?: string }>('PATCH', `/staff/${one(staffId)}`, change),
  views: () => call<{ items: SavedView[] }>('GET', '/views'),
  saveView: (page: ViewPage, name: string, query: string) => call<SavedView>('POST', '/views', { page, name, query }),
  renameView: (viewId: string, name: string) => call<SavedView>('PATCH', `/views/${one(viewId)}`, { name }),
  deleteView: (viewId: string) => call<null>('DELETE', `/views/${one(viewId)}`),
  keys: () => call<{ items: ApiKey[] }>('GET', '/keys'),
  addKey: (label: string, scopes: string[]) => call<{ key: ApiKey; secret: string }>('POST', '/keys', { label, scopes }),
  revokeKey: (keyId: string) => call<null>('DELETE', `/keys/${one(keyId)}`),
};
