import { sandboxName } from '../../config/sandbox.ts';
import { callControl } from '../../simulators/control/call.ts';
import { DEFAULT_CREDENTIALS } from '../../simulators/settings.ts';
import { type Simulators, startSimulators } from '../../simulators/world.ts';

/** The shop that plays against the sandbox, as its platform knows it. */
export const SANDBOX_SHOP = { shopId: '2788410777', name: '联调小店', accessToken: 'at-sandbox', refreshToken: 'rt-sandbox' };

/** Simulators for the shops of the sandbox, with accounts of their own, and the variables by which the product finds them. */
export interface Sandbox {
  simulators: Simulators;
  variables: Record<string, string>;
}

/** Nobody's waybill or refund yet; `SANDBOX_SHOP` with its usual outlets. */
export async function startSandbox(settings: { paceMs: number; paymentDelayMs?: number }): Promise<Sandbox> {
  const own = Object.entries(DEFAULT_CREDENTIALS).map(([name, value]) => [name, value.replace(/^sim-/, 'sandbox-')]);
  const credentials = { ...Object.fromEntries(own), KUAISHOU_MESSAGE_KEY: Buffer.from('sandbox-messages').toString('base64') };
  const simulators = await startSimulators({ demo: false, sandbox: true, credentials, ...settings });
  await callControl(simulators.url, 'POST', '/sim/shops', SANDBOX_SHOP);
  return {
    simulators,
    variables: Object.fromEntries(Object.entries(simulators.credentials).map(([name, value]) => [sandboxName(name), value])),
  };
}
