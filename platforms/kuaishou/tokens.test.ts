import { afterEach, describe, expect, test } from '@jest/globals';
import type { PlatformRefund } from '../../domain/refund.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../domain/time.ts';
import type { Platform, ShopTokens } from '../port.ts';
import { settingsFor, startFakePlatform, storeTokens, tokensOf } from './fake-platform.ts';
import { connectKuaishou } from './kuaishou.ts';

const START = 1_674_873_600_000;
const SHOP = '2788410001';
const LIFE_MS = 48 * HOUR_MS;

const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const platform of open.splice(0)) await platform.close();
});

/** An answer that comes does so in time also on a busy machine. */
const CALM_MS = 10_000;

/** A platform that issues `at-1`, `at-2`, …, takes only the newest pair, and voids a refresh token with its first use. */
async function issuingPlatform() {
  const issuer = { accepted: 'at-0', refresh: 'rt-0', count: 0, refreshes: 0, calls: 0, revoked: false, silent: false };
  const fake = await startFakePlatform(({ path, parameters }) => {
    if (path === '/oauth2/refresh_token') {
      issuer.refreshes += 1;
      if (issuer.silent) return 'HANG';
      if (issuer.revoked) return { text: '{"result":100200102,"error":"access_denied","error_msg":"refreshToken.revokedAuthorization"}' };
      if (parameters.refresh_token !== issuer.refresh)
        return { text: '{"result":100200102,"error":"access_denied","error_msg":"refreshToken.discarded"}' };
      issuer.count += 1;
      issuer.accepted = `at-${issuer.count}`;
      issuer.refresh = `rt-${issuer.count}`;
      return {
        text: JSON.stringify({
          result: 1,
          access_token: issuer.accepted,
          expires_in: LIFE_MS / 1000,
          refresh_token: issuer.refresh,
          refresh_token_expires_in: (180 * DAY_MS) / 1000,
          scopes: ['merchant_refund'],
        }),
      };
    }
    issuer.calls += 1;
    if (parameters.access_token !== issuer.accepted)
      return { text: '{"result":100200102,"error":"access_denied","error_msg":"invalid token"}' };
    return { text: '{"result":300011,"error_msg":"REFUND ORDER NOT FOUND"}' };
  });
  open.push(fake);
  const clock = { now: START };
  const stored = (change: Partial<ShopTokens> = {}): ShopTokens =>
    tokensOf('at-0', { refreshToken: 'rt-0', accessIssuedAt: START, accessExpiresAt: START + LIFE_MS, ...change });
  const connect = (tokens: ReturnType<typeof storeTokens>, renewalMs = CALM_MS): Platform =>
    connectKuaishou(settingsFor(fake.url), tokens.store, () => clock.now, { callMs: CALM_MS, renewalMs });
  return { issuer, received: fake.received, clock, stored, connect };
}

const APPROVED = { refundId: '1', refundFeeFen: 1, status: 10, negotiateStatus: 1 } as PlatformRefund;

describe('renewal', () => {
  test('nothing is renewed before half of the life is over', async () => {
    const { issuer, clock, stored, connect } = await issuingPlatform();
    const tokens = storeTokens({ [SHOP]: stored() });
    const platform = connect(tokens);
    clock.now += LIFE_MS / 2 - 1;
    expect(await platform.readRefund(SHOP, '1')).toBeNull();
    expect(await platform.refreshTokens(SHOP)).toEqual({ authorisationExpiresAt: null });
    expect(issuer.refreshes).toBe(0);
  });

  test('at half-life, once for two parallel calls; the form is what the platform asks for, and the new pair is stored', async () => {
    const { issuer, received, clock, stored, connect } = await issuingPlatform();
    const tokens = storeTokens({ [SHOP]: stored({ refreshExpiresAt: START + 100 * DAY_MS }) });
    const platform = connect(tokens);
    clock.now += LIFE_MS / 2;
    expect(await Promise.all([platform.readRefund(SHOP, '1'), platform.readRefund(SHOP, '2')])).toEqual([null, null]);
    expect(issuer).toMatchObject({ refreshes: 1, calls: 2 });
    expect(received[0]).toEqual({
      verb: 'POST',
      path: '/oauth2/refresh_token',
      parameters: { grant_type: 'refresh_token', refresh_token: 'rt-0', app_id: 'ks-test', app_secret: 'app-secret' },
    });
    expect(tokens.rows.get(SHOP)).toEqual({
      accessToken: 'at-1',
      refreshToken: 'rt-1',
      accessIssuedAt: clock.now,
      accessExpiresAt: clock.now + LIFE_MS,
      refreshExpiresAt: START + 100 * DAY_MS,
    });
  });

  test('a token whose end nobody knows is taken to live 48 hours', async () => {
    const { issuer, clock, stored, connect } = await issuingPlatform();
    const platform = connect(storeTokens({ [SHOP]: stored({ accessExpiresAt: null }) }));
    clock.now += LIFE_MS / 2 - 1;
    await platform.refreshTokens(SHOP);
    expect(issuer.refreshes).toBe(0);
    clock.now += 1;
    await platform.refreshTokens(SHOP);
    expect(issuer.refreshes).toBe(1);
  });

  test('two processes on one store renew once', async () => {
    const { issuer, clock, stored, connect } = await issuingPlatform();
    const tokens = storeTokens({ [SHOP]: stored() });
    const [first, second] = [connect(tokens), connect(tokens)];
    clock.now += LIFE_MS / 2;
    await Promise.all([first.readRefund(SHOP, '1'), second.readRefund(SHOP, '1')]);
    expect(issuer).toMatchObject({ refreshes: 1, calls: 2 });
  });

  test('field case 18: a token refused four times in two processes is renewed once, by one of them, for all', async () => {
    const { issuer, stored, connect } = await issuingPlatform();
    issuer.accepted = 'none';
    const tokens = storeTokens({ [SHOP]: stored() });
    const processes = [connect(tokens), connect(tokens)];
    const reads = processes.flatMap((platform) => [platform.readRefund(SHOP, '1'), platform.readRefund(SHOP, '2')]);
    expect(await Promise.all(reads)).toEqual([null, null, null, null]);
    expect(issuer).toMatchObject({ refreshes: 1, calls: 8 });
    expect(tokens.rows.get(SHOP)).toMatchObject({ accessToken: 'at-1', refreshToken: 'rt-1' });
  });

  test('a refused token is renewed once and the call repeated once, for parallel calls too', async () => {
    const { issuer, stored, connect } = await issuingPlatform();
    issuer.accepted = 'none';
    const platform = connect(storeTokens({ [SHOP]: stored() }));
    const answers = await Promise.all([
      platform.approveRefund(SHOP, APPROVED.refundId, APPROVED),
      platform.approveRefund(SHOP, APPROVED.refundId, APPROVED),
    ]);
    expect(answers).toEqual([
      expect.objectContaining({ kind: 'REFUSED', code: '300011' }),
      expect.objectContaining({ kind: 'REFUSED', code: '300011' }),
    ]);
    expect(issuer).toMatchObject({ refreshes: 1, calls: 4 });
  });

  test('a token that someone else renewed is taken from the store without another renewal', async () => {
    const { issuer, stored, connect } = await issuingPlatform();
    const tokens = storeTokens({ [SHOP]: stored() });
    const platform = connect(tokens);
    await platform.readRefund(SHOP, '1');
    issuer.accepted = 'at-elsewhere';
    tokens.rows.set(SHOP, stored({ accessToken: 'at-elsewhere', refreshToken: 'rt-elsewhere' }));
    expect(await platform.readRefund(SHOP, '1')).toBeNull();
    expect(issuer.refreshes).toBe(0);
  });

  test('a brand-new token that is refused is not renewed again', async () => {
    const { issuer, clock, stored, connect } = await issuingPlatform();
    const platform = connect(storeTokens({ [SHOP]: stored() }));
    issuer.accepted = 'none';
    await platform.readRefund(SHOP, '1');
    issuer.accepted = 'none again';
    expect(await platform.approveRefund(SHOP, APPROVED.refundId, APPROVED)).toMatchObject({ kind: 'UNKNOWN', sent: false });
    expect(issuer.refreshes).toBe(1);
    clock.now += 10_000;
    expect(await platform.readRefund(SHOP, '1')).toBeNull();
    expect(issuer.refreshes).toBe(2);
  });
});

describe('the authorisation', () => {
  test('its end is what refreshTokens reports', async () => {
    const { clock, stored, connect } = await issuingPlatform();
    const platform = connect(
      storeTokens({ [SHOP]: stored(), 9: tokensOf('at-9', { refreshToken: null, accessExpiresAt: START + HOUR_MS }) }),
    );
    clock.now += LIFE_MS / 2;
    expect(await platform.refreshTokens(SHOP)).toEqual({ authorisationExpiresAt: clock.now + 180 * DAY_MS });
    expect(await platform.refreshTokens('9')).toEqual({ authorisationExpiresAt: START + HOUR_MS });
  });

  test('lost: said clearly, and the refresh token is not shown again and again', async () => {
    const { issuer, clock, stored, connect } = await issuingPlatform();
    const platform = connect(storeTokens({ [SHOP]: stored() }));
    issuer.revoked = true;
    clock.now += LIFE_MS / 2;
    await expect(platform.refreshTokens(SHOP)).rejects.toThrow(
      `Shop ${SHOP}: the authorisation is lost, Kuaishou refused the refresh token (100200102 access_denied refreshToken.revokedAuthorization): the merchant must authorise the application again`,
    );
    issuer.accepted = 'none';
    expect(await platform.approveRefund(SHOP, APPROVED.refundId, APPROVED)).toMatchObject({
      kind: 'UNKNOWN',
      sent: false,
      reason: expect.stringContaining('authorisation is lost'),
    });
    await expect(platform.readRefund(SHOP, '1')).rejects.toThrow('authorisation is lost');
    expect(issuer.refreshes).toBe(1);
    issuer.revoked = false;
    clock.now += 2 * MINUTE_MS;
    expect(await platform.readRefund(SHOP, '1')).toBeNull();
  });

  test('without a refresh token a refused access token cannot be cured', async () => {
    const { issuer, stored, connect } = await issuingPlatform();
    const platform = connect(storeTokens({ [SHOP]: stored({ refreshToken: null }) }));
    issuer.accepted = 'none';
    await expect(platform.readRefund(SHOP, '1')).rejects.toThrow('there is no refresh token');
    expect(issuer.refreshes).toBe(0);
  });

  test('a renewal that gets no answer leaves the present token in use, and rests', async () => {
    const { issuer, clock, stored, connect } = await issuingPlatform();
    const platform = connect(storeTokens({ [SHOP]: stored() }), 500);
    issuer.silent = true;
    clock.now += LIFE_MS / 2;
    expect(await platform.readRefund(SHOP, '1')).toBeNull();
    expect(await platform.readRefund(SHOP, '1')).toBeNull();
    expect(issuer).toMatchObject({ refreshes: 1, calls: 2 });
    issuer.silent = false;
    clock.now += MINUTE_MS;
    expect(await platform.readRefund(SHOP, '1')).toBeNull();
    expect(issuer).toMatchObject({ refreshes: 2, accepted: 'at-1' });
  });
});

describe('without the database', () => {
  test('the token in memory goes on working, however old what we know is', async () => {
    const { issuer, clock, stored, connect } = await issuingPlatform();
    const tokens = storeTokens({ [SHOP]: stored() });
    const platform = connect(tokens);
    await platform.readRefund(SHOP, '1');
    tokens.state.down = true;
    clock.now += LIFE_MS / 2 + HOUR_MS;
    expect(await platform.approveRefund(SHOP, APPROVED.refundId, APPROVED)).toMatchObject({ kind: 'REFUSED', code: '300011' });
    expect(issuer).toMatchObject({ refreshes: 0, calls: 2 });
  });

  test('the store is asked again only after a while', async () => {
    const { clock, stored, connect } = await issuingPlatform();
    const tokens = storeTokens({ [SHOP]: stored() });
    const platform = connect(tokens);
    for (let call = 0; call < 5; call += 1) await platform.readRefund(SHOP, '1');
    expect(tokens.state.reads).toBe(1);
    clock.now += MINUTE_MS;
    await platform.readRefund(SHOP, '1');
    expect(tokens.state.reads).toBe(2);
  });

  test('a store that is silent is waited for once, not before each call of a payment', async () => {
    const { clock, stored, connect } = await issuingPlatform();
    const tokens = storeTokens({ [SHOP]: stored() });
    const platform = connect(tokens);
    await platform.readRefund(SHOP, '1');
    clock.now += MINUTE_MS;
    tokens.state.silent = true;
    for (let call = 0; call < 3; call += 1) await platform.readRefund(SHOP, '1');
    expect(tokens.state.reads).toBe(2);
    tokens.state.silent = false;
    clock.now += 5_000;
    await platform.readRefund(SHOP, '1');
    expect(tokens.state.reads).toBe(3);
  });

  test('what was read before the clock was set back is read again', async () => {
    const { clock, stored, connect } = await issuingPlatform();
    const tokens = storeTokens({ [SHOP]: stored() });
    const platform = connect(tokens);
    await platform.readRefund(SHOP, '1');
    clock.now -= LIFE_MS;
    await platform.readRefund(SHOP, '1');
    expect(tokens.state.reads).toBe(2);
  });

  test('a new pair that could not be stored is used, and stored once the database is back, without another renewal', async () => {
    const { issuer, clock, stored, connect } = await issuingPlatform();
    const tokens = storeTokens({ [SHOP]: stored() });
    const platform = connect(tokens);
    tokens.state.failCommit = true;
    clock.now += LIFE_MS / 2;
    expect(await platform.readRefund(SHOP, '1')).toBeNull();
    expect(await platform.readRefund(SHOP, '1')).toBeNull();
    expect(tokens.rows.get(SHOP)).toMatchObject({ accessToken: 'at-0' });
    tokens.state.failCommit = false;
    clock.now += MINUTE_MS;
    expect(await platform.readRefund(SHOP, '1')).toBeNull();
    expect(tokens.rows.get(SHOP)).toMatchObject({ accessToken: 'at-1', refreshToken: 'rt-1' });
    expect(issuer.refreshes).toBe(1);
  });
});
