// How does a user take everything back?
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useApp } from '../../app/context.ts';
import { forgetAll } from '../../app/remembered.ts';
import { recordingStore } from '../../recorder/recording-store.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Failure } from '../../ui/query-state.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { useUploadManager } from '../../uploads/uploads-context.tsx';
import { ReceiptView } from './receipt-view.tsx';

export function DeleteEverything() {
  const { t } = useTranslation('settings');
  const { t: tc } = useTranslation();
  const { api, identity } = useApp();
  const queryClient = useQueryClient();
  const manager = useUploadManager();
  const [isOpen, setIsOpen] = useState(false);
  const [word, setWord] = useState('');
  const removal = useMutation({
    async mutationFn() {
      // First here: a recording that is on its way must not arrive after everything was deleted.
      manager?.stopAll();
      const local = await recordingStore();
      const mine = await local.list(identity.userId());
      const receipt = await api.ask('deleteMe', {});
      for (const { localId } of mine) await local.remove(localId);
      forgetAll();
      return { receipt, browserRecordings: mine.length };
    },
  });
  const close = (): void => {
    setIsOpen(false);
    setWord('');
    if (!removal.data) return removal.reset();
    if (removal.data.receipt.account) void identity.signOut();
    removal.reset();
    // Not only asked again: what was deleted must not be seen once more until the answer comes.
    void queryClient.resetQueries();
  };
  const isConfirmed = word.trim().toLocaleUpperCase() === t('everything.word');
  return (
    <section className="card stack" aria-labelledby="everything">
      <h2 id="everything">{t('everything.title')}</h2>
      <p className="muted">{t(identity.kind === 'openid' ? 'everything.text' : 'everything.localText')}</p>
      <div className="row">
        <Button kind="danger" onPress={() => setIsOpen(true)}>
          {t('everything.button')}
        </Button>
      </div>
      <Dialog
        title={removal.data ? t('everything.doneTitle') : t('everything.title')}
        isOpen={isOpen}
        onClose={close}
        role="alertdialog"
        actions={
          removal.data ? (
            <Button kind="primary" autoFocus onPress={close}>
              {tc('close')}
            </Button>
          ) : (
            <>
              <Button onPress={close} isDisabled={removal.isPending}>
                {tc('cancel')}
              </Button>
              <Button
                kind="danger"
                isDisabled={!isConfirmed}
                isPending={removal.isPending}
                onPress={() => removal.mutate()}
              >
                {t('everything.button')}
              </Button>
            </>
          )
        }
      >
        {removal.data ? (
          <ReceiptView {...removal.data} />
        ) : (
          <>
            <p>{t('everything.warning')}</p>
            <TextField
              label={t('everything.confirm', { word: t('everything.word') })}
              value={word}
              onChange={setWord}
              autoFocus
            />
            {removal.error ? <Failure error={removal.error} /> : null}
          </>
        )}
      </Dialog>
    </section>
  );
}
