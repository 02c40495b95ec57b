import type { NoticeChannel } from '../../api/types.ts';

export type ChannelKind = NoticeChannel['kind'];

/** A channel as a form holds it; times of day as `HH:MM`, empty where there are none. */
export interface ChannelFields {
  kind: ChannelKind;
  name: string;
  url?: string;
  secret?: string;
  address?: string;
  codes?: NoticeChannel['codes'];
  language: NoticeChannel['language'];
  quietFrom?: string;
  quietTo?: string;
  digest: NoticeChannel['digest'];
  digestAt?: string;
}

/** Which parts of an address a kind of channel has. */
export function targetParts(kind: ChannelKind): ('url' | 'secret' | 'address')[] {
  if (kind === 'EMAIL') return ['address'];
  return kind === 'WECOM' ? ['url'] : ['url', 'secret'];
}

/** What the form begins with: a channel as it is, without its address, or one that is told at once what needs a person. */
export function fieldsOf(channel: NoticeChannel | null): ChannelFields {
  if (channel === null) return { kind: 'DINGTALK', name: '', language: 'zh-CN', digest: 'NONE', digestAt: '09:05' };
  const { kind, name, codes, language, quietHours, digest, digestAt } = channel;
  return { kind, name, codes, language, digest, digestAt, ...(quietHours && { quietFrom: quietHours.from, quietTo: quietHours.to }) };
}

/** What is sent beside the kind: of the address what the form names, of times what means something. */
export function bodyOf({ kind, name, codes, language, digest, digestAt, quietFrom, quietTo, ...target }: ChannelFields) {
  const parts = targetParts(kind).flatMap((part) => {
    const typed = target[part]?.trim() ?? '';
    return typed === '' ? [] : [[part, typed] as const];
  });
  return {
    name: name.trim(),
    ...(codes !== undefined && codes.length > 0 && { codes }),
    language,
    quietHours: quietFrom && quietTo ? { from: quietFrom, to: quietTo } : null,
    digest,
    ...(digest === 'DAILY' && digestAt && { digestAt }),
    ...(Object.fromEntries(parts) as Partial<Record<'url' | 'secret' | 'address', string>>),
  };
}
