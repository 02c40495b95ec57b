import { describe, expect, test } from '@jest/globals';
import { Webhook } from 'standardwebhooks';
import { DAY_MS } from '../domain/time.ts';
import { readDataKey } from '../store/secrets.ts';
import { addSecret, sealSecret, validSecrets } from './endpoint-secrets.ts';
import { eventBody, MAX_BODY_BYTES } from './event-body.ts';
import { readRetryAfter, RETRY_WAITS_MS, waitAfter } from './retry-schedule.ts';
import { newWebhookSecret, signedHeaders } from './standard-webhook.ts';

describe('signatures', () => {
  test('the public library verifies them, with the new and with the former secret', () => {
    const [present, former, foreign] = [newWebhookSecret(), newWebhookSecret(), newWebhookSecret()];
    const body = JSON.stringify({ type: 'intercept.succeeded', data: { waybillNo: '七五三' } });
    const headers = signedHeaders([present, former], { messageId: 'msg_1', at: Date.now(), body });
    expect(new Webhook(present).verify(body, headers)).toEqual(JSON.parse(body));
    expect(new Webhook(former).verify(body, headers)).toEqual(JSON.parse(body));
    expect(() => new Webhook(foreign).verify(body, headers)).toThrow('No matching signature');
    expect(() => new Webhook(present).verify(body.replace('七', '八'), headers)).toThrow('No matching signature');
  });

  test('secrets are random, of 32 bytes', () => {
    const secret = newWebhookSecret();
    expect(secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
    expect(newWebhookSecret()).not.toBe(secret);
  });
});

describe('rotation', () => {
  const dataKey = readDataKey(Buffer.alloc(32, 3).toString('base64'));
  const owner = { shopId: '1001', endpointId: 'whe_1' };

  test('the former secret signs beside the new one for a day, and no more than three ever do', () => {
    const at = 1_000_000;
    let sealed = [sealSecret(dataKey, owner, 'one')];
    sealed = addSecret(dataKey, owner, sealed, 'two', at);
    expect(validSecrets(dataKey, owner, sealed, at)).toEqual(['two', 'one']);
    expect(validSecrets(dataKey, owner, sealed, at + DAY_MS - 1)).toEqual(['two', 'one']);
    expect(validSecrets(dataKey, owner, sealed, at + DAY_MS)).toEqual(['two']);
    for (const secret of ['three', 'four', 'five']) sealed = addSecret(dataKey, owner, sealed, secret, at + 1);
    expect(validSecrets(dataKey, owner, sealed, at + 2)).toEqual(['five', 'four', 'three']);
    expect(addSecret(dataKey, owner, sealed, 'six', at + 3 * DAY_MS)).toHaveLength(2);
  });

  test('what is stored shows no secret and opens for no other endpoint', () => {
    const sealed = sealSecret(dataKey, owner, 'whsec_top');
    expect(sealed).not.toContain('whsec_top');
    expect(() => validSecrets(dataKey, { ...owner, endpointId: 'whe_2' }, [sealed], 0)).toThrow('belongs to another shop or purpose');
  });
});

describe('the schedule', () => {
  test('5 s, 5 min, 30 min, 2, 5, 10, 14, 20, 24 h, each spread by a tenth, then no more', () => {
    RETRY_WAITS_MS.forEach((planned, n) => {
      expect(waitAfter(n + 1, 0.5, null)).toBe(planned);
      expect(waitAfter(n + 1, 0, null)).toBe(Math.round(planned * 0.9));
      expect(waitAfter(n + 1, 1, null)).toBe(Math.round(planned * 1.1));
    });
    expect(waitAfter(RETRY_WAITS_MS.length + 1, 0.5, 60_000)).toBeNull();
    expect(RETRY_WAITS_MS).toHaveLength(9);
  });

  test('a longer Retry-After is honoured, up to a day; a shorter one hastens nothing', () => {
    expect(waitAfter(1, 0.5, 60_000)).toBe(60_000);
    expect(waitAfter(2, 0.5, 60_000)).toBe(300_000);
    expect(waitAfter(1, 0.5, 30 * DAY_MS)).toBe(DAY_MS);
    for (const text of [null, '', '-1', '1.5', 'soon', '1e3']) expect(readRetryAfter(text, 0)).toBeNull();
    expect(readRetryAfter('Thu, 01 Jan 1970 00:00:00 GMT', 5_000)).toBe(0);
  });
});

describe('the body', () => {
  const event = { type: 'intercept.succeeded', sequence: 2_001, occurredAt: Date.parse('2026-11-20T08:00:00.000Z') };

  test('is the snapshot with its number and version', () => {
    expect(JSON.parse(eventBody({ ...event, payload: { interceptId: '1-1', notices: [] } }))).toEqual({
      type: 'intercept.succeeded',
      timestamp: '2026-11-20T08:00:00.000Z',
      data: { interceptId: '1-1', notices: [], sequence: 2_001, apiVersion: 'v1' },
    });
  });

  test('stays below 20 kB whatever a carrier wrote', () => {
    const payload = {
      interceptId: '1-1',
      version: 2,
      carrierRefusal: { code: null, message: '拒'.repeat(30_000) },
      reason: '长'.repeat(9_000),
    };
    const body = eventBody({ ...event, payload });
    expect(Buffer.byteLength(body)).toBeLessThan(MAX_BODY_BYTES);
    expect(JSON.parse(body).data).toEqual({ interceptId: '1-1', version: 2, partial: true, sequence: 2_001, apiVersion: 'v1' });
  });
});
