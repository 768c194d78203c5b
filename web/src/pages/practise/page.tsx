// How does one practise? Choose, check the devices, record, look at it, send.
import { useReducer } from 'react';
import { useTranslation } from 'react-i18next';
import { Page } from '../../ui/page.tsx';
import { CheckStep } from './check-step.tsx';
import { ChooseStep } from './choose-step.tsx';
import { DoneStep } from './done-step.tsx';
import { RecordStep } from './record-step.tsx';
import { ReviewStep } from './review-step.tsx';
import { nextSession, noSession } from './session.ts';
import { Steps } from './steps.tsx';
import { UnsentRecordings } from './unsent-recordings.tsx';
import { useDevices } from './use-devices.ts';
import './practise.css';
import './record.css';

export function PractisePage() {
  const { t } = useTranslation(['practise', 'uploads']);
  const [session, tell] = useReducer(nextSession, noSession);
  const needsDevices = session.step === 'check' || session.step === 'record' || session.step === 'review';
  const devices = useDevices(needsDevices);
  const { step } = session;
  const isAnswering = step === 'record' || step === 'review';
  const question = session.questions[session.at] ?? t('record.free');
  return (
    <Page
      title={t('title')}
      step={`${step} ${String(session.at)}`}
      heading={
        isAnswering ? (
          <span className="question" lang={session.language ?? undefined}>
            {question}
          </span>
        ) : (
          t('title')
        )
      }
      lead={step === 'choose' ? t('lead') : undefined}
      actions={step === 'choose' || step === 'done' ? undefined : <Steps session={session} />}
    >
      {step === 'choose' ? (
        <>
          <UnsentRecordings />
          <ChooseStep tell={tell} />
        </>
      ) : null}
      {step === 'check' ? <CheckStep devices={devices} tell={tell} /> : null}
      {step === 'record' ? (
        <RecordStep key={session.at} session={session} devices={devices} tell={tell} />
      ) : null}
      {step === 'review' ? <ReviewStep session={session} tell={tell} /> : null}
      {step === 'done' ? <DoneStep session={session} tell={tell} /> : null}
    </Page>
  );
}
