// How does the user look?
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { watchLight, type Light } from '../../recorder/light.ts';

interface PreviewProps {
  readonly stream: MediaStream | null;
  /** Shows where the head should be, and says when there is too little light. */
  readonly hasGuide?: boolean;
}

/** Mirrored, as people know themselves; the recording is not. */
export function Preview({ stream, hasGuide = false }: PreviewProps) {
  const { t } = useTranslation('practise');
  const video = useRef<HTMLVideoElement>(null);
  const [light, setLight] = useState<Light>('good');

  useEffect(() => {
    const element = video.current;
    if (!element) return undefined;
    element.srcObject = stream;
    if (!stream || !hasGuide) return undefined;
    return watchLight(element, setLight);
  }, [stream, hasGuide]);

  return (
    <div className="camera-picture">
      <video ref={video} autoPlay muted playsInline aria-label={t('check.preview')} />
      {hasGuide && stream ? (
        <svg className="preview-guide" viewBox="0 0 160 90" aria-hidden="true">
          <ellipse cx="80" cy="36" rx="15" ry="20" />
          <path d="M45 90c2-17 14-25 35-25s33 8 35 25" />
        </svg>
      ) : null}
      <p className="preview-hint" role="status">
        {hasGuide && stream && light !== 'good' ? t(`check.light.${light}`) : null}
      </p>
    </div>
  );
}
