import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { createMailer } from './mail.ts';
import { MAIL_CERTIFICATE, MAIL_PASSWORD, MAIL_USER, type MailServer, startMailServer } from './test-mail.ts';

let server: MailServer;
let plain: MailServer;
beforeEach(async () => {
  [server, plain] = [await startMailServer(), await startMailServer({ starttls: false })];
});
afterEach(() => Promise.all([server.close(), plain.close()]));

const FROM = '退款拦截 <notices@example.com>';
const MAIL = {
  to: 'anna@shop.example',
  subject: '【禾木家居旗舰店】拦截失败',
  text: '拦截失败\nhttps://intercept.example.com/console/notices',
  messageKey: 'key-1',
};
const url = ({ user = MAIL_USER, password = MAIL_PASSWORD, host = 'localhost', port = server.port } = {}) =>
  `smtp://${encodeURIComponent(user)}:${encodeURIComponent(password)}@${host}:${port}`;
const mailer = (over: Partial<Parameters<typeof createMailer>[0]> = {}) =>
  createMailer({ url: url(), from: FROM, allowPlain: false, ca: MAIL_CERTIFICATE, ...over });

describe('mail', () => {
  test('leaves encrypted, signed in, in UTF-8, and again under the same id', async () => {
    expect(await mailer().send(MAIL)).toBeNull();
    expect(await mailer().send(MAIL)).toBeNull();
    const [first, second] = server.got;
    expect(first).toMatchObject({ to: ['anna@shop.example'], encrypted: true, user: MAIL_USER });
    for (const header of ['Message-ID: <key-1@example.com>', 'Auto-Submitted: auto-generated', 'To: anna@shop.example'])
      expect(first?.raw).toContain(header);
    expect(decoded(first?.raw ?? '')).toContain('拦截失败\nhttps://intercept.example.com/console/notices');
    expect(second?.raw).toContain('Message-ID: <key-1@example.com>');
  });

  test('no password goes to a server that does not encrypt, or whose certificate nobody vouches for', async () => {
    expect(await mailer({ ca: '' }).send(MAIL)).toBe('TLS_FAILED');
    expect(await mailer({ url: url({ port: plain.port }) }).send(MAIL)).toBe('TLS_FAILED');
    expect([...server.got, ...plain.got]).toEqual([]);
  });

  test('what went wrong is a word, and nothing the server said', async () => {
    expect(await mailer({ url: url({ password: 'wrong' }) }).send(MAIL)).toBe('SMTP_535');
    server.refuses = true;
    expect(await mailer().send(MAIL)).toBe('SMTP_550');
    server.silent = true;
    expect(await mailer({ timeoutMs: 300 }).send(MAIL)).toBe('TIMEOUT');
    expect(await mailer({ url: url({ port: 9 }) }).send(MAIL)).toBe('CONNECTION_FAILED');
  });
});

/** The body of a mail with one part. */
function decoded(raw: string): string {
  const [head = '', ...body] = raw.split('\r\n\r\n');
  const text = body.join('\r\n\r\n');
  if (/base64/i.test(head)) return Buffer.from(text, 'base64').toString('utf8').replaceAll('\r\n', '\n');
  const bytes = text.replaceAll('=\r\n', '').replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Buffer.from(bytes, 'latin1').toString('utf8').replaceAll('\r\n', '\n');
}
