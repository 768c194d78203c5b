// Are the figures of the sound exact, and missing where there is none?
import { expect } from 'chai';
import { audioFigureNames, audioFigures } from '../../domain/audio-metrics.ts';
import type { AudioMeasurements } from '../../domain/measurements.ts';

const span = (startSeconds: number, endSeconds: number): { startSeconds: number; endSeconds: number } => ({
  startSeconds,
  endSeconds,
});
const audio: AudioMeasurements = {
  loudnessLufs: -20,
  loudnessRangeLu: 5,
  peakDbfs: -3,
  shortTerm: [],
  silences: [span(0, 1), span(3, 3.5), span(5, 7.5), span(9, 10)],
  syllablesAtSeconds: [1.2, 1.6, 2, 2.4, 4, 4.4, 8, 8.2, 8.4, 8.6],
};

describe('audio figures', () => {
  it('count pauses between the first and the last sound only', () => {
    const figures = audioFigures(audio, 10);
    expect(figures.pauses).to.deep.include({ value: 2, evidence: [span(3, 3.5), span(5, 7.5)] });
    expect(figures.longPauses).to.deep.include({ value: 1, evidence: [span(5, 7.5)] });
    expect(figures.speechShare).to.deep.include({
      value: 0.5,
      evidence: [span(1, 3), span(3.5, 5), span(7.5, 9)],
    });
  });

  it('give the syllable rate by ear alone, labelled so', () => {
    expect(audioFigures(audio, 10).syllableRate).to.include({ value: 2, provenance: 'audio-only' });
    expect(audioFigures({ ...audio, syllablesAtSeconds: [] }, 10).syllableRate.value).to.equal(null);
  });

  it('are all missing without sound (A64)', () => {
    const figures = audioFigures(null, 10);
    for (const name of audioFigureNames)
      expect(figures[name]).to.include({ value: null, reason: 'the recording has no sound' });
  });

  it('are missing for the reason that the pass gave', () => {
    const figures = audioFigures(null, 10, 'the sound of the recording cannot be decoded');
    for (const name of audioFigureNames)
      expect(figures[name]).to.include({ reason: 'the sound of the recording cannot be decoded' });
  });

  it('of silence have a share of 0 and no pauses to count', () => {
    const silent = {
      ...audio,
      loudnessLufs: null,
      peakDbfs: null,
      silences: [span(0, 10)],
      syllablesAtSeconds: [],
    };
    const figures = audioFigures(silent, 10);
    expect(figures.speechShare.value).to.equal(0);
    for (const name of ['loudness', 'peak', 'pauses', 'longPauses', 'syllableRate'] as const)
      expect(figures[name].value, name).to.equal(null);
  });

  it('join silences that overlap and cut what lies beyond the recording', () => {
    const figures = audioFigures({ ...audio, silences: [span(4, 6), span(5, 6.5), span(8, 12)] }, 10);
    expect(figures.pauses.value).to.equal(1);
    expect(figures.speechShare.value).to.equal(0.55);
  });
});
