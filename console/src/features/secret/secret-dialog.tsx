import { Alert, Button, Modal, Typography } from 'antd';
import { text } from '../../i18n/text.ts';

/** A secret that is shown this once. */
export function SecretDialog({ title, secret, onClose }: { title: string; secret: string; onClose: () => void }) {
  const t = text();
  return (
    <Modal
      open
      title={title}
      onCancel={onClose}
      mask={{ closable: false }}
      footer={
        <Button type="primary" onClick={onClose}>
          {t.common.close}
        </Button>
      }
    >
      <div className="page">
        <Alert type="warning" showIcon title={t.common.keepSafe} />
        <Typography.Text className="secret" copyable={{ text: secret }} data-secret="">
          {secret}
        </Typography.Text>
      </div>
    </Modal>
  );
}
