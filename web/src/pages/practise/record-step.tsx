// How is one answer recorded?
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useApp } from '../../app/context.ts';
import { isActive } from '../../recorder/recorder-state.ts';
import { Button } from '../../ui/button.tsx';
import { Notice } from '../../ui/notice.tsx';
import { LeaveGuard } from './leave-guard.tsx';
import { LevelMeter } from './level-meter.tsx';
import { Preview } from './preview.tsx';
import { RecordControls } from './record-controls.tsx';
import type { PractiseEvent, PractiseSession } from './session.ts';
import { NoRecorderFormat } from './take.ts';
import type { OpenDevices } from './use-devices.ts';
import { useTake } from './use-take.ts';

interface RecordProps {
  readonly session: PractiseSession;
  readonly devices: OpenDevices;
  readonly tell: (event: PractiseEvent) => void;
}

const errorKey = (error: unknown): 'noFormat' | 'storageFull' | 'notStarted' => {
  if (error instanceof NoRecorderFormat) return 'noFormat';
  return error instanceof Error && error.name === 'QuotaExceededError' ? 'storageFull' : 'notStarted';
};

export function RecordStep({ session, devices, tell }: RecordProps) {
  const { t } = useTranslation('practise');
  const { config, identity } = useApp();
  const { recordingLimitSeconds } = config;
  const take = useTake();
  const { stream, problem } = devices;
  const question = session.questions[session.at] ?? null;
  const isOn = take.state !== null && isActive(take.state);
  const reason = take.state?.name === 'recorded' ? take.state.reason : null;

  useEffect(() => {
    if (reason !== null && take.localId !== null) tell({ name: 'recorded', takeId: take.localId, reason });
  }, [reason, take.localId, tell]);
  useEffect(() => {
    if (problem && !isOn && reason === null) tell({ name: 'devices-lost' });
  }, [problem, isOn, reason, tell]);

  const start = (): void => {
    if (!stream) return;
    const { sessionId, language } = session;
    take.start({
      stream,
      limitSeconds: recordingLimitSeconds,
      question,
      language,
      sessionId,
      userId: identity.userId(),
    });
  };
  return (
    <section className="record" aria-label={t('steps.record')}>
      <div className={`record-stage is-${take.state?.name ?? 'idle'}`}>
        <Preview stream={stream} hasGuide={!isOn} />
      </div>
      <RecordControls
        take={take}
        limitSeconds={recordingLimitSeconds}
        canStart={stream !== null}
        onStart={start}
      />
      <LevelMeter stream={stream} />
      {take.error === null ? null : <Notice kind="bad">{t(`record.error.${errorKey(take.error)}`)}</Notice>}
      {take.state?.name === 'failed' ? (
        <Notice kind="bad">{t(`record.ended.${take.state.reason}`)}</Notice>
      ) : null}
      {isOn ? null : (
        <div className="row">
          <Button kind="quiet" onPress={() => tell({ name: 'leave' })}>
            {t('record.leave')}
          </Button>
          {session.questions.length > 1 ? (
            <Button kind="quiet" onPress={() => tell({ name: 'skip' })}>
              {t('record.skip')}
            </Button>
          ) : null}
        </div>
      )}
      <LeaveGuard isOn={isOn} />
    </section>
  );
}
