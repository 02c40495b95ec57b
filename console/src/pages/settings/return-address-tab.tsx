import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { App, Button, Form, Input, Skeleton } from 'antd';
import { api, dataOf } from '../../api/client.ts';
import { faultAt } from '../../api/problem.ts';
import { returnAddressQuery } from '../../api/queries.ts';
import type { ReturnAddress } from '../../api/types.ts';
import { text } from '../../i18n/text.ts';
import { formatActor, formatInstant } from '../../ui/format.ts';
import { ProblemAlert } from '../../ui/problem-alert.tsx';

type Fields = NonNullable<ReturnAddress['address']>;

/** So long each may be at most; in the order in which an address is written. */
const LONGEST: [keyof Fields, number][] = [
  ['name', 32],
  ['phone', 16],
  ['province', 32],
  ['city', 32],
  ['district', 32],
  ['address', 120],
];

function trimmed(fields: Fields): Fields {
  return Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, value.trim()])) as unknown as Fields;
}

/** What the service says of a field, under it. */
function faultOf(error: unknown, name: keyof Fields): { validateStatus?: 'error'; help?: string } {
  const help = faultAt(error, `/${name}`);
  return help === null ? {} : { validateStatus: 'error', help };
}

function AddressForm({ saved }: { saved: ReturnAddress }) {
  const t = text().settings.address;
  const { common, rules } = text();
  const { message, modal } = App.useApp();
  const client = useQueryClient();
  // What may be asked of a carrier hangs on it.
  const onSettled = () => Promise.all(['return-address', 'preview'].map((name) => client.invalidateQueries({ queryKey: [name] })));
  const save = useMutation({
    mutationFn: (body: Fields) => dataOf(api.PUT('/v1/return-address', { body })),
    onSuccess: () => void message.success(t.saved),
    onSettled,
  });
  const remove = useMutation({ mutationFn: async () => void (await api.DELETE('/v1/return-address')), onSettled });
  const ask = () => void modal.confirm({ title: t.remove, content: t.removeText, onOk: () => remove.mutateAsync().catch(() => {}) });
  const { address, savedBy, savedAt, version } = saved;
  return (
    <Form<Fields> layout="vertical" initialValues={{ ...address, name: '', phone: '' }} onFinish={(fields) => save.mutate(trimmed(fields))}>
      <p className="muted">{t.intro}</p>
      {address !== null && <p className="untrusted">{t.present(address.name, address.phone, version)}</p>}
      {LONGEST.map(([name, maxLength]) => (
        <Form.Item
          key={name}
          name={name}
          label={t.fields[name]}
          rules={[{ required: true, whitespace: true, message: t.needed(t.fields[name]) }]}
          {...faultOf(save.error, name)}
        >
          <Input maxLength={maxLength} />
        </Form.Item>
      ))}
      {save.isError && <ProblemAlert error={save.error} />}
      {remove.isError && <ProblemAlert error={remove.error} />}
      <div className="row">
        <Button type="primary" htmlType="submit" loading={save.isPending}>
          {common.save}
        </Button>
        {address !== null && (
          <Button danger loading={remove.isPending} onClick={ask}>
            {t.remove}
          </Button>
        )}
        {savedBy !== null && <span className="muted untrusted">{rules.savedBy(formatActor(savedBy), formatInstant(savedAt))}</span>}
      </div>
    </Form>
  );
}

/** 退货地址: where parcels may be asked to go, kept once for the shop. */
export function ReturnAddressTab() {
  const saved = useQuery(returnAddressQuery);
  if (saved.isPending) return <Skeleton active />;
  if (saved.isLoadingError) return <ProblemAlert error={saved.error} onRetry={() => void saved.refetch()} />;
  return <AddressForm key={saved.data.version} saved={saved.data} />;
}
