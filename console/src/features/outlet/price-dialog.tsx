import { useMutation, useQueryClient } from '@tanstack/react-query';
import { App, Button, Form, Modal, Table } from 'antd';
import { api, dataOf } from '../../api/client.ts';
import type { Outlet, OutletPrice } from '../../api/types.ts';
import { text } from '../../i18n/text.ts';
import { formatFen, formatInstant, parseYuan, shanghaiInstant } from '../../ui/format.ts';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import { YuanField } from '../../ui/yuan-field.tsx';
import { WallDate } from '../../ui/wall-dates.tsx';
import { useMay } from '../session/permissions.tsx';

interface PriceFields {
  yuan: string;
  /** `YYYY-MM-DD HH:mm:ss` of Shanghai. */
  from: string;
}

/** The prices agreed with an outlet, and the form for the next one. */
export function PriceDialog({ outlet, prices, onClose }: { outlet: Outlet; prices: OutletPrice[]; onClose: () => void }) {
  const t = text();
  const { message } = App.useApp();
  const { may, whyNot } = useMay('service:write');
  const client = useQueryClient();
  const { carrier, outletCode } = outlet;
  const put = useMutation({
    mutationFn: ({ yuan, from }: PriceFields) =>
      dataOf(
        api.PUT('/v1/outlet-prices', {
          body: {
            carrier,
            outletCode,
            feeFen: parseYuan(yuan) ?? Number.NaN,
            effectiveFrom: shanghaiInstant(from),
          },
        }),
      ),
    onSuccess: async () => {
      await Promise.all(['outlet-prices', 'outlets'].map((name) => client.invalidateQueries({ queryKey: [name] })));
      void message.success(t.common.done);
      onClose();
    },
  });
  return (
    <Modal open title={<span className="untrusted">{t.service.priceTitle(outlet.outletName)}</span>} onCancel={onClose} footer={null}>
      <div className="page">
        <p className="muted">{t.service.priceHint}</p>
        {put.isError && <ProblemAlert error={put.error} />}
        <Form layout="vertical" disabled={!may} onFinish={(values: PriceFields) => put.mutate(values)}>
          <YuanField name="yuan" label={t.service.price} maxLength={10} />
          <Form.Item name="from" label={t.time.shanghai(t.service.effectiveFrom)} rules={[{ required: true, message: t.service.needDate }]}>
            <WallDate precision="second" />
          </Form.Item>
          <Button type="primary" htmlType="submit" loading={put.isPending}>
            {t.service.setPrice}
          </Button>
          {whyNot !== null && <p className="muted">{whyNot}</p>}
        </Form>
        <Table<OutletPrice>
          size="small"
          rowKey="effectiveFrom"
          title={() => t.service.priceHistory}
          dataSource={prices}
          pagination={{ pageSize: 10, hideOnSinglePage: true }}
          columns={[
            { title: t.service.effectiveFrom, render: (_, { effectiveFrom }) => formatInstant(effectiveFrom) },
            { title: t.service.price, align: 'right', render: (_, { feeFen }) => formatFen(feeFen) },
          ]}
        />
      </div>
    </Modal>
  );
}
