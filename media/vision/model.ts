// How does a model run? TensorFlow.js on WebAssembly, one thread, nothing kept between runs.
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { setThreadsCount, setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import { loadGraphModel } from '@tensorflow/tfjs-converter';
import { dispose, io, ready, setBackend, tensor, tidy } from '@tensorflow/tfjs-core';

export interface Model {
  /** The outputs in the model's own order. */
  readonly run: (input: Float32Array, shape: number[]) => Float32Array[];
}

interface ModelFile {
  readonly modelTopology: object;
  readonly weightsManifest: { readonly weights: io.WeightsManifestEntry[] }[];
}

/** Starts the WASM backend; the `.wasm` file lies in `directory`. One thread, so that sums always come in one order. */
export async function startBackend(directory: string): Promise<void> {
  setThreadsCount(1);
  setWasmPaths(directory + path.sep);
  if (!(await setBackend('wasm')))
    throw new Error('The WebAssembly backend of TensorFlow.js does not start.');
  await ready();
}

/** Reads `name.json` and `name.bin` from `directory`. */
export async function loadModel(directory: string, name: string): Promise<Model> {
  const [json, weights] = await Promise.all([
    readFile(path.join(directory, `${name}.json`), 'utf8'),
    readFile(path.join(directory, `${name}.bin`)),
  ]);
  const file = JSON.parse(json) as ModelFile;
  const weightSpecs = file.weightsManifest.flatMap((group) => group.weights);
  const weightData = new Uint8Array(weights).buffer;
  const graph = await loadGraphModel(
    io.fromMemory({ modelTopology: file.modelTopology, weightSpecs, weightData }),
  );
  return {
    run: (input, shape) => {
      const outputs = tidy(() => [graph.execute(tensor(input, shape))].flat());
      // Read outside of `tidy`, which walks through every element of what it is given back.
      const values = outputs.map((output) => Float32Array.from(output.dataSync()));
      dispose(outputs);
      return values;
    },
  };
}
