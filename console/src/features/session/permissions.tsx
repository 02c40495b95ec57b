import { createContext, type ReactNode, useContext, useMemo } from 'react';
import type { ConsoleConfig, Staff } from '../../api/console-api.ts';
import { text } from '../../i18n/text.ts';

/** What a key or a person may do; `admin` includes the others. */
export const SCOPES = [
  'intercepts:read',
  'intercepts:write',
  'service:write',
  'settlement:write',
  'webhooks:write',
  'rules:write',
  'outlets:review',
  'personal-data:read',
  'admin',
] as const;
export type Scope = (typeof SCOPES)[number];

interface SignedIn {
  staff: Staff;
  config: ConsoleConfig;
}

const SignedInContext = createContext<SignedIn | null>(null);

export function SignedInProvider({ staff, config, children }: SignedIn & { children: ReactNode }) {
  const value = useMemo(() => ({ staff, config }), [staff, config]);
  return <SignedInContext value={value}>{children}</SignedInContext>;
}

/** Who is signed in and what the service told about it; only below the shell. */
export function useSignedIn(): SignedIn {
  const signedIn = useContext(SignedInContext);
  if (signedIn === null) throw new Error('this part of the console needs somebody signed in');
  return signedIn;
}

/** Whether a role's scopes, as the service lists them, hold one; `admin` holds all. */
export function holds(scopes: readonly string[], scope: Scope): boolean {
  return scopes.includes(scope) || scopes.includes('admin');
}

/** Whether the person may do something, and the sentence that says why not. The service decides again on every call. */
export function useMay(scope: Scope): { may: boolean; whyNot: string | null } {
  const { staff, config } = useSignedIn();
  const may = holds(config.roles[staff.role] ?? [], scope);
  const t = text();
  return { may, whyNot: may ? null : t.common.noPermission(t.words.role[staff.role]) };
}
