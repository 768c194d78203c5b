// Are the settings read, defaulted and checked as they are documented?
import { expect } from 'chai';
import { readEnvironment, variables } from '../../local/environment.ts';
import { WrongUsage } from '../../local/wrong-usage.ts';

describe('the environment', () => {
  it('has a default for everything that may be left out', () => {
    const { GREENROOM_THREADS: threads, ...rest } = readEnvironment({});
    expect(rest).to.deep.equal({
      GREENROOM_TRANSCRIBER: 'none',
      GREENROOM_WHISPER_COMMAND: 'whisper-cli',
      GREENROOM_VISION: 'on',
      GREENROOM_FFMPEG: 'ffmpeg',
      GREENROOM_FFPROBE: 'ffprobe',
    });
    expect(threads).to.be.within(1, 4);
  });

  it('takes an empty variable for one that is not set', () => {
    expect(readEnvironment({ GREENROOM_VISION: '', GREENROOM_MODEL_URL: '' })).to.deep.equal(
      readEnvironment({}),
    );
  });

  it('leaves alone what is not ours', () => {
    expect(readEnvironment({ PATH: '/bin', HOME: '/root' })).to.deep.equal(readEnvironment({}));
  });

  const wrong: readonly [what: string, env: NodeJS.ProcessEnv, says: RegExp][] = [
    ['an unknown transcriber', { GREENROOM_TRANSCRIBER: 'magic' }, /^GREENROOM_TRANSCRIBER: /],
    ['whisper without a model', { GREENROOM_TRANSCRIBER: 'whisper-cli' }, /needs GREENROOM_WHISPER_MODEL/],
    ['an endpoint without a model', { GREENROOM_MODEL_URL: 'http://127.0.0.1:1' }, /needs GREENROOM_MODEL$/],
    [
      'an endpoint that is no web address',
      { GREENROOM_MODEL_URL: 'file:///etc/passwd', GREENROOM_MODEL: 'm' },
      /URL/,
    ],
    ['no threads', { GREENROOM_THREADS: '0' }, /^GREENROOM_THREADS: /],
    ['half a thread', { GREENROOM_THREADS: '1.5' }, /^GREENROOM_THREADS: /],
    ['vision that is maybe on', { GREENROOM_VISION: 'maybe' }, /^GREENROOM_VISION: /],
  ];
  for (const [what, env, says] of wrong)
    it(`refuses ${what} as wrong usage`, () => {
      expect(() => readEnvironment(env)).to.throw(WrongUsage, says);
    });

  it('names all mistakes at once', () => {
    const both = { GREENROOM_THREADS: 'many', GREENROOM_VISION: 'maybe' };
    expect(() => readEnvironment(both)).to.throw(WrongUsage, /GREENROOM_VISION.*; .*GREENROOM_THREADS/);
  });

  it('says of every variable what it means', () => {
    const all = {
      GREENROOM_WHISPER_MODEL: 'm',
      GREENROOM_MODEL_URL: 'http://h/v1',
      GREENROOM_MODEL: 'm',
      GREENROOM_MODEL_KEY: 'k',
    };
    expect(Object.keys(variables)).to.have.members(Object.keys(readEnvironment(all)));
  });
});
