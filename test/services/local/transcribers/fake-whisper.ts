// What stands in for whisper-cli where there is none? A script that writes whisper.cpp's JSON; it recognises nothing.
import { chmod, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Shape of `whisper-cli -oj -ojf`: segments, and tokens with offsets in milliseconds and probabilities. */
const token = (text: string, from: number, to: number, p: number) => ({
  text,
  timestamps: { from: '00:00:00,000', to: '00:00:00,000' },
  offsets: { from, to },
  id: 1,
  p,
  t_dtw: -1,
});

const result = {
  systeminfo: 'none',
  model: { type: 'base', multilingual: true },
  params: { model: 'model.bin', language: 'auto', translate: false },
  result: { language: 'en' },
  transcription: [
    {
      timestamps: { from: '00:00:00,000', to: '00:00:01,200' },
      offsets: { from: 0, to: 1200 },
      text: ' Hello, greenroom.',
      tokens: [
        token('[_BEG_]', 0, 0, 0.9),
        token(' Hello', 100, 400, 0.9),
        token(',', 400, 500, 0.7),
        token(' green', 500, 800, 0.5),
        token('room', 800, 1100, 0.7),
        token('.', 1100, 1200, 0.6),
      ],
    },
  ],
};

/**
 * Writes the script and returns its path. It notes its arguments, one run per line, in `<folder>/runs`, and then does
 * what the model file says: `speak`, `hear-nothing`, `crash`, `crash-once`, `babble`, `write-nothing` or `hang`.
 */
export async function writeFakeWhisper(folder: string): Promise<string> {
  const path = join(folder, 'whisper-cli');
  const script = `#!/bin/sh
echo "$$ $*" >> '${folder}/runs'
while [ $# -gt 0 ]; do
  case "$1" in
    -m) behaviour=$(cat "$2"); shift ;;
    -f) cp "$2" '${folder}/heard.wav'; shift ;;
    -of) output="$2.json"; shift ;;
  esac
  shift
done
speak() { cat '${folder}/result.json' > "$output"; }
case "$behaviour" in
  speak) sleep 0.1; speak ;;
  hear-nothing) echo '{"result":{"language":"en"},"transcription":[]}' > "$output" ;;
  crash) kill -SEGV $$ ;;
  crash-once) [ "$(wc -l < '${folder}/runs')" -gt 1 ] && speak || exit 3 ;;
  babble) echo 'no JSON' > "$output" ;;
  write-nothing) ;;
  hang) [ "$(wc -l < '${folder}/runs')" -gt 1 ] && speak || sleep 60 ;;
esac
`;
  await writeFile(join(folder, 'result.json'), JSON.stringify(result));
  await writeFile(path, script);
  await chmod(path, 0o755);
  return path;
}
