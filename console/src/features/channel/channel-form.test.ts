import { describe, expect, test } from '@jest/globals';
import { bodyOf, fieldsOf } from './channel-form.ts';

const CHANNEL = {
  channelId: 'chn_1',
  kind: 'FEISHU',
  name: '售后群',
  target: 'open.feishu.cn/open-apis/bot/v2/hook/…9f3c',
  codes: ['REFUND_UNCONFIRMED'],
  language: 'en-US',
  quietHours: { from: '22:00', to: '08:00' },
  digest: 'DAILY',
  digestAt: '18:30',
  enabled: true,
  disabledReason: null,
  failingSince: null,
  lastError: null,
  lastErrorAt: null,
  lastSentAt: null,
  createdAt: '2026-11-18T08:30:00.000Z',
} as const;

describe('the form of a channel', () => {
  test('shows a channel, and saved as it is changes nothing and leads where it led', () => {
    const { name, codes, language, quietHours, digest, digestAt } = CHANNEL;
    expect(bodyOf(fieldsOf({ ...CHANNEL, codes: [...codes] }))).toEqual({ name, codes, language, quietHours, digest, digestAt });
  });

  test('of a new one leaves to the service what was not chosen, and sends the parts its kind has', () => {
    const typed = { name: ' 群 ', url: ' https://a ', secret: 's', address: 'a@b.cn', quietFrom: '22:00' };
    const blank = fieldsOf(null);
    const rest = { name: '群', language: 'zh-CN', digest: 'NONE', quietHours: null };
    expect(bodyOf({ ...blank, ...typed })).toEqual({ ...rest, url: 'https://a', secret: 's' });
    expect(bodyOf({ ...blank, ...typed, kind: 'WECOM', codes: [] })).toEqual({ ...rest, url: 'https://a' });
    expect(bodyOf({ ...blank, ...typed, kind: 'EMAIL' })).toEqual({ ...rest, address: 'a@b.cn' });
  });
});
