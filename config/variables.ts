import type { TObject } from 'typebox';
import { CARRIERS } from '../carriers/index.ts';
import { DAY_MS } from '../domain/time.ts';
import { DEFAULT_BLOCKED_CATEGORIES } from '../domain/eligibility/category.ts';
import type { VariableGroup, VariableNotes } from './notes.ts';
import { sandboxGroup } from './sandbox.ts';
import { KUAISHOU_SECRETS, KUAISHOU_SETTINGS, KUAISHOU_URL_SETTING } from '../platforms/index.ts';

/** The admin port of a worker that runs alone; an API beside it has 9090. */
export const WORKER_ADMIN_PORT = '9091';

export const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;

const SIMULATOR = 'the simulator, with `npm start`';

const SERVICE: VariableGroup = {
  title: 'Service',
  variables: {
    HOST: { kind: 'text', default: '127.0.0.1', description: 'Address the API, the console and the admin port listen on.' },
    PORT: { kind: 'number', default: '8080', minimum: 0, maximum: 65_535, description: 'Port of the API and the console.' },
    TRUSTED_PROXIES: {
      kind: 'networks',
      optional: true,
      defaultNote: 'none',
      description:
        'Addresses or networks, separated by commas, of the proxies before the API (`10.0.0.5,10.1.0.0/16`). Only what comes from there is believed of who really calls (`X-Forwarded-For`): limits by address and the log of strangers go by it. Without it everybody behind a proxy is one address.',
    },
    CONSOLE_URL: {
      kind: 'link',
      optional: true,
      defaultNote: 'with `npm start`: its own; else none, messages carry no link',
      description:
        'Where people open the console, such as `https://intercept.example.com/console`: messages to group robots and by mail link to cases there.',
    },
    ADMIN_PORT: {
      kind: 'number',
      default: '9090',
      defaultNote: `9090 (worker alone: ${WORKER_ADMIN_PORT})`,
      minimum: 0,
      maximum: 65_535,
      description: 'Port of `/livez`, `/readyz` and `/metrics`; never the public one.',
    },
    DATA_DIR: {
      kind: 'text',
      default: '.data',
      description: 'Folder of the embedded PostgreSQL and Temporal. Used by `npm start` and the commands only.',
    },
    LOG_LEVEL: {
      kind: 'level',
      default: 'info',
      description: `How much is logged: ${LOG_LEVELS.map((level) => `\`${level}\``).join(', ')}.`,
    },
    OTEL_EXPORTER_OTLP_ENDPOINT: {
      kind: 'link',
      optional: true,
      defaultNote: 'none: no traces',
      description:
        'Base address of an OpenTelemetry collector (OTLP over HTTP, such as `http://collector:4318`). Set, traces go there; the exporter reads its further `OTEL_EXPORTER_OTLP_…` variables itself.',
    },
    FILE_QUOTA_BYTES: {
      kind: 'number',
      default: '2147483648',
      minimum: 5_242_880,
      description: 'Most that the files of a shop (evidence of claims) come to together; beyond it an upload is refused (409).',
    },
    DATA_KEY: {
      kind: 'keys32',
      secret: true,
      defaultNote: 'with `npm start`: made once under `DATA_DIR`',
      description:
        '32 bytes in Base64. Encrypts tokens and secrets at rest; make one with `openssl rand -base64 32`. While it is changed: the new one, a comma, the former one ([how](operators.md#changing-a-key)).',
    },
    DEMO_API_KEY: {
      kind: 'bearer',
      secret: true,
      optional: true,
      defaultNote: 'random, printed by `npm start`',
      description: 'Key of the demo shop. Honoured only while the simulators are in use.',
    },
  },
};

/** One address, or a name and one address in angle brackets. */
const MAIL_FROM_FORM = '^(?:[^<>"@,]{1,80} )?<?[A-Za-z0-9._%+-]{1,64}@(?:[A-Za-z0-9-]{1,63}\\.)+[A-Za-z]{2,63}>?$';

const MAIL: VariableGroup = {
  title: 'Mail',
  variables: {
    SMTP_URL: {
      kind: 'smtp',
      secret: true,
      optional: true,
      defaultNote: 'none: no channels by mail',
      description:
        'Server that notices leave through by mail: `smtps://user:password@host:465`, or `smtp://user:password@host:587` with STARTTLS, which has to be there. Signs with a meaning in a URL are written percent-encoded.',
    },
    MAIL_FROM: {
      kind: 'text',
      optional: true,
      pattern: MAIL_FROM_FORM,
      defaultNote: 'needed with `SMTP_URL`',
      description: 'Sender of these mails: `notices@example.com` or `Notices <notices@example.com>`.',
    },
  },
};

const STORES: VariableGroup = {
  title: 'PostgreSQL and Temporal',
  variables: {
    DATABASE_URL: {
      kind: 'postgres',
      secret: true,
      defaultNote: 'the embedded PostgreSQL, with `npm start` and the commands',
      description: 'PostgreSQL 15 or later, `postgres://user:password@host:port/database`.',
    },
    TEMPORAL_ADDRESS: {
      kind: 'text',
      defaultNote: 'the embedded dev server, with `npm start`',
      description:
        'Temporal frontend, `host:port`. This and the other `TEMPORAL_…` variables of a connection are read by the SDK (envconfig).',
    },
    TEMPORAL_NAMESPACE: { kind: 'text', default: 'default', description: 'Temporal namespace.' },
    TEMPORAL_API_KEY: { kind: 'text', secret: true, optional: true, description: 'API key of Temporal Cloud; turns TLS on.' },
    TEMPORAL_PROFILE: { kind: 'text', optional: true, description: 'Profile of the SDK’s configuration file to take the connection from.' },
    TEMPORAL_PAYLOAD_KEYS: {
      kind: 'payloadKeys',
      secret: true,
      optional: true,
      defaultNote: 'none: payloads stay readable',
      description:
        'Encrypts everything the service tells Temporal but ids, statuses and other search attributes: `id:key`, the key 32 bytes in Base64, further ones after commas. The first encrypts, all decrypt ([how](operators.md#what-temporal-can-read)). The same for API, worker and commands.',
    },
    TEMPORAL_WORKER_BUILD_ID: {
      kind: 'text',
      optional: true,
      pattern: '^(?!unversioned$)[\\w.-]{1,100}$',
      defaultNote: 'none: a worker takes every task',
      description:
        'Name of the build a worker runs: 1 to 100 letters, digits, `_`, `.` or `-`, another one for every other code. Set, the worker takes only what is routed to this build ([how](operators.md#a-new-version)); needs Temporal 1.29 or newer.',
    },
    TEMPORAL_DEPLOYMENT_NAME: {
      kind: 'text',
      default: 'refund-intercept',
      pattern: '^[\\w-]{1,100}$',
      description:
        'Name under which Temporal routes between builds: 1 to 100 letters, digits, `_` or `-`. The same for all workers and for `npm run deploy:ramp` and its like.',
    },
    TEMPORAL_PORT: {
      kind: 'number',
      default: '7233',
      minimum: 1,
      maximum: 64_535,
      description: 'Port of the embedded dev server; its UI listens on this + 1000.',
    },
    TEMPORAL_UI_URL: { kind: 'link', default: 'http://127.0.0.1:8233', description: 'Temporal’s own pages, for links only.' },
  },
};

const RULES: VariableGroup = {
  title: 'Rules',
  variables: {
    REJECT_UNLOCK_AFTER: {
      kind: 'duration',
      default: '72h',
      description:
        'Rejecting unlocks this long after initiation without a result (R31). Shorter than `AUTO_REFUND_AFTER`. A changed value holds for new cases only, as all of this group.',
    },
    AUTO_REFUND_AFTER: {
      kind: 'duration',
      default: '120h',
      description: 'An undecided refund is paid this long after initiation (R28, R30).',
    },
    RETURN_STALLED_AFTER: {
      kind: 'duration',
      default: '7d',
      description: 'No new scan of a returning parcel for this long: stalled (Q33).',
    },
    RETURN_OVERDUE_AFTER: { kind: 'duration', default: '15d', description: 'Not signed back this long after success: overdue (Q33).' },
    RETURN_GIVE_UP_AFTER: {
      kind: 'duration',
      default: '60d',
      description: 'The watch over a return ends this long after initiation (Q33).',
    },
    CARRIER_POLL_EVERY: {
      kind: 'duration',
      default: '5m',
      description: 'A waybill of an open intercept without a push for this long is asked for at the carrier.',
    },
    CREATE_WAIT: {
      kind: 'duration',
      default: '5s',
      maximum: 60_000,
      description: 'How long a create or a command waits for the other side’s answer.',
    },
    BLOCKED_CATEGORIES: {
      kind: 'list',
      default: DEFAULT_BLOCKED_CATEGORIES.join(','),
      description: 'Category ids or names, separated by commas, that count as fresh goods, virtual goods or whole vehicles (R19).',
    },
  },
};

/** Longer than anything ordinary, so that whoever wants to keep something for good can. */
const LONGEST_KEPT_MS = 3_650 * DAY_MS;

function kept(days: number, leastDays: number, description: string): VariableNotes {
  return { kind: 'duration', default: `${days}d`, minimum: leastDays * DAY_MS, maximum: LONGEST_KEPT_MS, description };
}

const RETENTION: VariableGroup = {
  title: 'Retention',
  variables: {
    RETAIN_INBOX: kept(30, 1, 'Evidence and messages that were delivered or decided nothing; never those of an open case.'),
    RETAIN_UNKNOWN_WAYBILLS: kept(
      14,
      1,
      'Pushes about waybills that nobody has an intercept for. One that is made later finds younger ones.',
    ),
    RETAIN_QUARANTINE: kept(90, 7, 'Evidence that was set aside for a person to look at; never that of an open case.'),
    RETAIN_SCANS: kept(30, 7, 'All scans of a parcel without an intercept, from its last scan on.'),
    RETAIN_RAW: kept(180, 7, 'The carriers’ own records of a case’s scans, from the end of its run on. The scans themselves stay.'),
    RETAIN_WEBHOOKS: kept(30, 7, 'What the shops’ own systems were told, with deliveries and attempts; never that of an open case.'),
    RETAIN_NOTICES: kept(180, 7, 'Notices of the console, read or not; never those of an open case.'),
    RETAIN_SESSIONS: kept(30, 7, 'Sessions of the console, from their last use on.'),
    RETAIN_WAYBILLS: kept(180, 30, 'Which outlet issued a waybill, as the shop told. Intercepts keep theirs.'),
    RETAIN_JUDGEMENTS: kept(180, 31, 'What rules judged of refunds and why. A dry run looks back 30 days over them.'),
  },
};

/** What connects each carrier and the platform. */
const PARTIES: readonly VariableGroup[] = [
  ...CARRIERS.map((carrier) => ({
    title: `${carrier.nameZh} (${carrier.code})`,
    variables: {
      ...fragment(carrier.settings, carrier.urlSetting, carrier.secretSettings, carrier.offByDefault),
      [resultSecretName(carrier.code)]: {
        kind: 'webhookSecret' as const,
        secret: true,
        optional: true,
        defaultNote: 'none: the route is closed',
        description: `Standard Webhooks secret (\`whsec_…\`) of \`/webhooks/carriers/${carrier.code.toLowerCase()}/results\`.`,
      },
    },
  })),
  { title: 'Kuaishou', variables: fragment(KUAISHOU_SETTINGS, KUAISHOU_URL_SETTING, KUAISHOU_SECRETS) },
];

/** The groups of all variables, the registry's carriers included, in the order of the documentation. */
export const VARIABLE_GROUPS: readonly VariableGroup[] = [SERVICE, STORES, RULES, RETENTION, MAIL, ...PARTIES, sandboxGroup(PARTIES)];

/** Every variable by its name. */
export const VARIABLES: Readonly<Record<string, VariableNotes>> = Object.assign({}, ...VARIABLE_GROUPS.map((group) => group.variables));

/** `CARRIER_RESULT_SECRET_ZTO`: the variable of a carrier's result push. */
export function resultSecretName(carrierCode: string): string {
  return `CARRIER_RESULT_SECRET_${carrierCode}`;
}

/** A carrier's or platform's own fragment as notes: its TypeBox schema says what is required, its form and its words. */
function fragment(settings: TObject, urlName: string, secrets: readonly string[], offByDefault = false): Record<string, VariableNotes> {
  return Object.fromEntries(
    Object.entries(settings.properties).map(([name, property]) => {
      const { description = '', fallback, pattern } = property as { description?: string; fallback?: string; pattern?: string };
      const isUrlOfOneThatIsOff = offByDefault && name === urlName;
      const optional = isUrlOfOneThatIsOff || !(settings.required ?? []).includes(name);
      const notes: VariableNotes = { kind: name === urlName ? 'url' : 'text', description, optional };
      if (fallback !== undefined) notes.defaultNote = `\`${fallback}\``;
      else if (isUrlOfOneThatIsOff) notes.defaultNote = 'not connected';
      else if (!optional) notes.defaultNote = offByDefault ? `needed with \`${urlName}\`` : SIMULATOR;
      if (offByDefault && !optional) notes.neededBeside = urlName;
      if (secrets.includes(name)) notes.secret = true;
      if (fallback !== undefined) notes.fallback = fallback;
      if (pattern !== undefined) notes.pattern = pattern;
      return [name, notes];
    }),
  );
}
