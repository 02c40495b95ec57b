import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Form, Input, Modal, Select } from 'antd';
import { api, dataOf } from '../../api/client.ts';
import type { NoticeChannel } from '../../api/types.ts';
import { text } from '../../i18n/text.ts';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import { SubmitRow } from '../../ui/submit-row.tsx';
import { bodyOf, type ChannelFields, fieldsOf, targetParts } from './channel-form.ts';

const optionsOf = (words: Record<string, string>) => Object.entries(words).map(([value, label]) => ({ value, label }));

/** What a channel may be told, in words. */
export function codeWords(): Record<string, string> {
  const { eventType, notice, shopNotice } = text().words;
  const { 'intercept.requested': _requested, 'intercept.accepted': _accepted, ...news } = eventType;
  return { ...news, ...notice, ...shopNotice };
}

/** Where it leads; of a channel that is there nothing has to be said. */
function TargetFields({ kind, known }: { kind: ChannelFields['kind']; known: string | null }) {
  const t = text();
  return targetParts(kind).map((part) => (
    <Form.Item
      key={part}
      name={part}
      label={t.settings.channel[part]}
      extra={known === null ? undefined : t.settings.channel.keeps(known)}
      rules={known === null ? [{ required: true, message: t.common.required }] : []}
    >
      <Input maxLength={2_000} autoComplete="off" />
    </Form.Item>
  ));
}

/** A new channel, or what one is told and when. */
export function ChannelDialog({ channel, onClose }: { channel: NoticeChannel | null; onClose: () => void }) {
  const t = text();
  const client = useQueryClient();
  const [form] = Form.useForm<ChannelFields>();
  const kind = Form.useWatch('kind', form) ?? fieldsOf(channel).kind;
  const digest = Form.useWatch('digest', form);
  const save = useMutation({
    mutationFn: (fields: ChannelFields) =>
      channel === null
        ? dataOf(api.POST('/v1/notice-channels', { body: { kind: fields.kind, ...bodyOf(fields) } }))
        : dataOf(
            api.PUT('/v1/notice-channels/{channelId}', {
              params: { path: { channelId: channel.channelId } },
              body: { codes: channel.codes, ...bodyOf({ ...fields, kind: channel.kind }), enabled: channel.enabled },
            }),
          ),
    onSuccess: onClose,
    onSettled: () => client.invalidateQueries({ queryKey: ['channels'] }),
  });
  return (
    <Modal
      open
      title={channel === null ? t.settings.channel.add : t.settings.channel.edit}
      onCancel={onClose}
      footer={null}
      width={640}
      mask={{ closable: false }}
    >
      <div className="page">
        {save.isError && <ProblemAlert error={save.error} />}
        <Form form={form} layout="vertical" initialValues={fieldsOf(channel)} onFinish={(fields) => save.mutate(fields)}>
          {channel === null && (
            <Form.Item name="kind" label={t.settings.channel.kind}>
              <Select options={optionsOf(t.words.channelKind)} />
            </Form.Item>
          )}
          <Form.Item name="name" label={t.settings.channel.name} rules={[{ required: true, whitespace: true, message: t.common.required }]}>
            <Input maxLength={40} />
          </Form.Item>
          <TargetFields kind={kind} known={channel?.target ?? null} />
          <Form.Item name="codes" label={t.settings.channel.codes} extra={channel === null ? t.settings.channel.defaultCodes : undefined}>
            <Select
              mode="multiple"
              allowClear
              options={optionsOf(codeWords())}
              showSearch={{ optionFilterProp: 'label' }}
              maxTagCount={6}
            />
          </Form.Item>
          <div className="row">
            <Form.Item name="quietFrom" label={t.settings.channel.quietFrom}>
              <Input type="time" />
            </Form.Item>
            <Form.Item name="quietTo" label={t.settings.channel.quietTo}>
              <Input type="time" />
            </Form.Item>
            <Form.Item name="digest" label={t.settings.channel.digest}>
              <Select options={optionsOf(t.words.channelDigest)} popupMatchSelectWidth={false} />
            </Form.Item>
            {digest === 'DAILY' && (
              <Form.Item name="digestAt" label={t.settings.channel.digestAt}>
                <Input type="time" />
              </Form.Item>
            )}
            <Form.Item name="language" label={t.settings.channel.language}>
              <Select options={optionsOf(t.words.channelLanguage)} />
            </Form.Item>
          </div>
          <p className="muted">{t.settings.channel.urgentHint}</p>
          <SubmitRow words={t.common.save} pending={save.isPending} onCancel={onClose} />
        </Form>
      </div>
    </Modal>
  );
}
