import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';

/** A mail as the server got it, its headers unfolded. */
export interface GotMail {
  to: string[];
  encrypted: boolean;
  user: string | undefined;
  raw: string;
}

/** A mail server of this machine that wants STARTTLS and a password. */
export interface MailServer {
  port: number;
  got: GotMail[];
  /** It never answers a sign-in. */
  silent: boolean;
  /** It refuses every recipient. */
  refuses: boolean;
  close(): Promise<void>;
}

export const MAIL_USER = 'notices@example.com';
export const MAIL_PASSWORD = 'p@ss/word:1';

/** Of `localhost`, for a hundred years, and of no use to anybody else. */
export const MAIL_CERTIFICATE = `-----BEGIN CERTIFICATE-----
MIIBnDCCAUGgAwIBAgIUN+j0o2+mT9AO1kC1u9nDvmDJvwYwCgYIKoZIzj0EAwIw
FDESMBAGA1UEAwwJbG9jYWxob3N0MCAXDTI2MTEyODE3MTc0NloYDzIxMjYxMTA0
MTcxNzQ2WjAUMRIwEAYDVQQDDAlsb2NhbGhvc3QwWTATBgcqhkjOPQIBBggqhkjO
PQMBBwNCAAQTypqTwn0oWI7JmEmsJ/OXFU7STeImSnp2HSpSwB6OGT/5G3hMhbOt
mRb15warVYnTYzpd9M24wnS1wxwLBa98o28wbTAdBgNVHQ4EFgQU0rrprW8ZEJ2l
a3ExVbyYBi61pewwHwYDVR0jBBgwFoAU0rrprW8ZEJ2la3ExVbyYBi61pewwDwYD
VR0TAQH/BAUwAwEB/zAaBgNVHREEEzARgglsb2NhbGhvc3SHBH8AAAEwCgYIKoZI
zj0EAwIDSQAwRgIhAKfbk7IBKXBNrZWQdnY1qQ4/LKkEWIsenwHgOAQZwfTcAiEA
3hTMYlz+9azozzU2Ol4/gsoxorizOdz0nf2TPErTnAg=
-----END CERTIFICATE-----`;
const KEY = `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgQsU2OWRk3ccPO/Ms
k0zrc39MLKf3OYlRVKcbRBuiPFuhRANCAAQTypqTwn0oWI7JmEmsJ/OXFU7STeIm
Snp2HSpSwB6OGT/5G3hMhbOtmRb15warVYnTYzpd9M24wnS1wxwLBa98
-----END PRIVATE KEY-----`;

export async function startMailServer({ starttls = true } = {}): Promise<MailServer> {
  const state: Pick<MailServer, 'got' | 'silent' | 'refuses'> = { got: [], silent: false, refuses: false };
  const server = new SMTPServer({
    cert: MAIL_CERTIFICATE,
    key: KEY,
    logger: false,
    closeTimeout: 1,
    hideSTARTTLS: !starttls,
    disabledCommands: starttls ? [] : ['STARTTLS'],
    onAuth({ username, password }, _session, callback) {
      if (state.silent) return;
      if (username === MAIL_USER && password === MAIL_PASSWORD) callback(null, { user: username });
      else callback(Object.assign(new Error('no such user 张三'), { responseCode: 535 }));
    },
    onRcptTo(_address, _session, callback) {
      callback(state.refuses ? Object.assign(new Error('unknown mailbox'), { responseCode: 550 }) : null);
    },
    onData(stream, session, callback) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        const bytes = Buffer.concat(chunks);
        const to = session.envelope.rcptTo.map(({ address }) => address);
        state.got.push({ to, encrypted: session.secure, user: session.user, raw: bytes.toString('utf8').replace(/\r\n[ \t]/g, ' ') });
        callback();
      });
    },
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return Object.assign(state, {
    port: (server.server.address() as AddressInfo).port,
    close: () => new Promise<void>((resolve) => server.close(resolve)),
  });
}
