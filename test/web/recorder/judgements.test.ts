// What does the app make of formats, devices, sound and light?
import { expect } from 'chai';
import { deviceProblemOf } from '../../../web/src/recorder/devices.ts';
import { lightOf } from '../../../web/src/recorder/light.ts';
import { chooseFormat } from '../../../web/src/recorder/recorder-format.ts';
import { audibleLevel, levelOf } from '../../../web/src/recorder/sound-level.ts';

const both = { cameras: [{ id: 'c', label: '' }], microphones: [{ id: 'm', label: '' }] };
const problems = [
  ['NotAllowedError', 'Permission denied', both, 'DENIED'],
  ['NotAllowedError', 'Permission denied by system', both, 'DENIED_BY_SYSTEM'],
  ['NotFoundError', 'Requested device not found', { ...both, cameras: [] }, 'NO_CAMERA'],
  ['NotFoundError', 'Requested device not found', { ...both, microphones: [] }, 'NO_MICROPHONE'],
  ['NotReadableError', 'Could not start video source', both, 'IN_USE'],
  ['AbortError', 'Starting failed', both, 'IN_USE'],
  ['TypeError', 'whatever', both, 'UNKNOWN'],
] as const;

const formats = [
  ['Chromium', /mp4;codecs=avc1\.64001f,mp4a|webm/, 'video/mp4;codecs=avc1.64001f,mp4a.40.2'],
  ['Chromium without AAC', /mp4;codecs=avc1,opus|webm/, 'video/mp4;codecs=avc1,opus'],
  ['Firefox', /^video\/webm/, 'video/webm;codecs=vp9,opus'],
  ['an old Firefox', /vp8/, 'video/webm;codecs=vp8,opus'],
  ['Safari', /^video\/mp4/, 'video/mp4;codecs=avc1.64001f,mp4a.40.2'],
  ['a browser that records nothing', /^$/, undefined],
] as const;

const grey = (value: number): Uint8ClampedArray => new Uint8ClampedArray(400).fill(value);
const sine = (amplitude: number): Float32Array =>
  Float32Array.from({ length: 4800 }, (_, at) => amplitude * Math.sin(at / 10));

describe('judgements of the device check', () => {
  for (const [name, message, devices, problem] of problems) {
    it(`calls ${name} (${message}) ${problem}`, () => {
      expect(deviceProblemOf(Object.assign(new Error(message), { name }), devices)).to.equal(problem);
    });
  }

  for (const [browser, supported, mimeType] of formats) {
    it(`records as ${mimeType ?? 'nothing'} in ${browser}`, () => {
      expect(chooseFormat((type) => supported.test(type))?.mimeType).to.equal(mimeType);
    });
  }

  it('never names a type for the upload that the recorder does not make', () => {
    for (const family of ['video/mp4', 'video/webm'] as const) {
      expect(chooseFormat((type) => type.startsWith(family))?.contentType).to.equal(family);
    }
  });

  it('tells dark, good and bright pictures apart', () => {
    expect([10, 54, 56, 128, 224, 240].map((value) => lightOf(grey(value)))).to.deep.equal([
      'dark',
      'dark',
      'good',
      'good',
      'good',
      'bright',
    ]);
  });

  it('measures the level in decibels: silence 0, full scale about 1, a voice in between', () => {
    expect(levelOf(new Float32Array(512))).to.equal(0);
    expect(levelOf(sine(1))).to.be.closeTo(1 - 3.01 / 60, 0.001);
    expect(levelOf(sine(0.05))).to.be.within(audibleLevel, 0.6);
    expect(levelOf(sine(0.002))).to.be.below(audibleLevel);
  });
});
