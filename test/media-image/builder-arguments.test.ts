// Do all three builders get the words that they understand?
import { expect } from 'chai';
import {
  buildArguments,
  importArguments,
  isLoopback,
  pushArguments,
  runArguments,
  type BuildOrder,
} from '../../images/builder-arguments.ts';

const order: BuildOrder = {
  context: '/context',
  dockerfile: '/elsewhere/Dockerfile',
  architecture: 'arm64',
  buildArguments: { BASE: 'image@sha256:0' },
  labels: { title: 'A title' },
  result: { tag: 'images:one' },
};

describe('the words for a builder', () => {
  for (const name of ['docker', 'podman', 'buildah'] as const) {
    it(`build with ${name} for one platform, with every argument and label, the context last`, () => {
      const words = buildArguments(name, order).join(' ');
      expect(words).to.match(/^build .* \/context$/);
      for (const part of [
        '--platform linux/arm64',
        '--file /elsewhere/Dockerfile',
        '--build-arg BASE=image@sha256:0',
        '--label title=A title',
        '--tag images:one',
      ])
        expect(words).to.include(part);
    });

    it(`take the files of one step with ${name}`, () => {
      const words = buildArguments(name, { ...order, result: { step: 'binaries', folder: '/out' } });
      expect(words.join(' ')).to.include('--target binaries --output type=local,dest=/out');
      expect(words).to.not.include('--tag');
    });
  }

  for (const name of ['docker', 'podman'] as const)
    it(`A12: run with ${name} as Lambda does: not root, root read-only, no network, no rights`, () => {
      const words = runArguments(name, { tag: 'images:one', entrypoint: '/bin/x', args: ['-y'] }) ?? [];
      expect(words.join(' ')).to.match(/^run --rm --network none --read-only --user 993:990 /);
      for (const part of ['--cap-drop ALL', 'no-new-privileges', '--entrypoint /bin/x images:one -y'])
        expect(words.join(' ')).to.include(part);
    });

  it('run nothing with buildah, which only builds', () => {
    expect(runArguments('buildah', { tag: 'a', entrypoint: 'b', args: [] })).to.equal(null);
  });

  it('import a root for the right architecture', () => {
    const root = { tar: '/root.tar', tag: 'debian', architecture: 'arm64' } as const;
    expect(importArguments('docker', root).join(' ')).to.equal(
      'import --platform linux/arm64 /root.tar debian',
    );
    expect(importArguments('podman', root)).to.include.members(['--arch', 'arm64']);
  });

  it('speak HTTP to registries on this machine only', () => {
    const names = [
      '127.0.0.1:5000/a',
      'localhost:5000/a',
      'localhost/a',
      'registry.example/127.0.0.1',
      'localhost.example/a',
    ];
    expect(names.map(isLoopback)).to.deep.equal([true, true, true, false, false]);
    expect(pushArguments('a', '127.0.0.1:5000/a', '/d')).to.include('--tls-verify=false');
    expect(pushArguments('a', 'registry.example/a', '/d')).to.not.include('--tls-verify=false');
  });
});
