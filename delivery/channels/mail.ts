import nodemailer from 'nodemailer';
import { type DurationMs, SECOND_MS } from '../../domain/time.ts';

/** A mail as it leaves. */
export interface OutgoingMail {
  to: string;
  subject: string;
  text: string;
  /** The same for the same mail sent again: mail programs show one of the two. */
  messageKey: string;
}

/** Sends mail through the operator's server. */
export interface Mailer {
  /** Null when the server took it, else an UPPER_SNAKE word for what went wrong; never throws. */
  send(mail: OutgoingMail): Promise<string | null>;
}

export interface MailerOptions {
  /** `smtps://user:password@host:port`, or `smtp://…` with STARTTLS. */
  url: string;
  from: string;
  /** The embedded mode: a server of this machine need not encrypt. */
  allowPlain: boolean;
  /** How long one mail may take, if not 45 s. */
  timeoutMs?: DurationMs;
  /** Certificates believed beside the public ones. */
  ca?: string;
}

const SMTPS_PORT = 465;
const SUBMISSION_PORT = 587;
/** Of each step, and of all of them together: before a channel's lease ends. */
const STEP_MS: DurationMs = 10 * SECOND_MS;
const MAIL_MS: DurationMs = 45 * SECOND_MS;

/** Passwords leave encrypted alone, to a server whose certificate fits its name. */
export function createMailer({ url, from, allowPlain, timeoutMs = MAIL_MS, ca }: MailerOptions): Mailer {
  const server = new URL(url);
  const secure = server.protocol === 'smtps:';
  const transport = nodemailer.createTransport({
    host: server.hostname,
    port: server.port === '' ? (secure ? SMTPS_PORT : SUBMISSION_PORT) : Number(server.port),
    secure,
    requireTLS: !secure && !allowPlain,
    ...(server.username !== '' && { auth: { user: decodeURIComponent(server.username), pass: decodeURIComponent(server.password) } }),
    ...(ca !== undefined && { tls: { ca } }),
    connectionTimeout: STEP_MS,
    greetingTimeout: STEP_MS,
    socketTimeout: STEP_MS,
    dnsTimeout: STEP_MS,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  const domain = /@([^@>\s]+)>?$/.exec(from)?.[1] ?? 'localhost';
  return {
    async send({ to, subject, text, messageKey }) {
      try {
        await transport.sendMail({
          from,
          to: { name: '', address: to },
          subject,
          text,
          messageId: `<${messageKey}@${domain}>`,
          headers: { 'Auto-Submitted': 'auto-generated' },
          signal: AbortSignal.timeout(timeoutMs),
        });
        return null;
      } catch (error) {
        return reasonOf(error as MailFailure);
      }
    },
  };
}

/** Words by nodemailer's codes; what the server said is not kept, it may name a person. */
const REASONS: Record<string, string> = {
  ECONNECTION: 'CONNECTION_FAILED',
  ECONNREFUSED: 'CONNECTION_REFUSED',
  ESOCKET: 'CONNECTION_FAILED',
  ETIMEDOUT: 'TIMEOUT',
  EABORT: 'TIMEOUT',
  EDNS: 'NAME_NOT_FOUND',
  ETLS: 'TLS_FAILED',
};

interface MailFailure {
  message: string;
  code?: unknown;
  responseCode?: unknown;
}

function reasonOf({ message, code, responseCode }: MailFailure): string {
  if (code !== 'ETLS' && typeof responseCode === 'number' && responseCode >= 400) return `SMTP_${responseCode}`;
  // A certificate that is not believed is to nodemailer a socket that failed.
  if (code === 'ESOCKET' && /certificate|altnames/i.test(message)) return 'TLS_FAILED';
  return REASONS[String(code)] ?? 'MAIL_FAILED';
}
