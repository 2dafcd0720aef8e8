import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { unzipped } from '../../../support/bag.ts';
import { has, run } from '../../../support/programs.ts';
import { addFile, mark, testProject } from '../../../support/project.ts';
import { tempFolder } from '../../../support/temp.ts';

/** The Library of Congress’ `bagit` for Python, where it is installed. */
const hasBagit = spawnSync('python3', ['-c', 'import bagit']).status === 0;
if (!hasBagit)
  console.info('Python’s bagit is not installed: project files are checked by the rules of RFC 8493 alone.');

async function unpackedBag(): Promise<string> {
  const { engine } = await testProject({ title: '就业' });
  const source = await addFile(engine, 'notice.txt', '农村富余劳动力转移就业。');
  await mark(engine, source.id, '转移就业');
  const [folder, path] = [tempFolder(), join(tempFolder(), '就业 1.sbk')];
  await engine.call('projectFile.export', { path });
  let top = '';
  for (const [name, bytes] of await unzipped(path)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), bytes);
    top = join(folder, name.split('/')[0] ?? '');
  }
  return top;
}

/** What RFC 8493 demands of a complete and valid bag (2.1, 2.2, 3), with nothing of ours. */
const RULES = `import hashlib,os,re,sys
top=sys.argv[1]
read=lambda p: open(os.path.join(top,p),'rb').read()
assert read('bagit.txt')==b'BagIt-Version: 1.0\\nTag-File-Character-Encoding: UTF-8\\n'
def listed(name):
    found={}
    for line in read(name).decode('utf-8').splitlines():
        digest,path=re.fullmatch('([0-9a-f]{64})  (.+)',line).groups()
        assert path not in found and not path.startswith('/') and '..' not in path.split('/')
        assert hashlib.sha256(read(path)).hexdigest()==digest, path
        found[path]=digest
    return set(found)
files={os.path.relpath(os.path.join(d,f),top).replace(os.sep,'/') for d,_,fs in os.walk(top) for f in fs}
payload={f for f in files if f.startswith('data/')}
assert listed('manifest-sha256.txt')==payload
assert listed('tagmanifest-sha256.txt')==files-payload-{'tagmanifest-sha256.txt'}
oxum=re.search(r'^Payload-Oxum: (\\d+)\\.(\\d+)$',read('bag-info.txt').decode('utf-8'),re.M).groups()
assert (int(oxum[0]),int(oxum[1]))==(sum(len(read(f)) for f in payload),len(payload))
print('valid',len(payload))`;

describe('a project file, unpacked', () => {
  it.skipIf(!has('python3'))('is a complete and valid bag by the rules of BagIt, read by Python', async () => {
    const top = await unpackedBag();
    expect(run('python3', '-X', 'utf8', '-c', RULES, top)).toMatch(/^valid \d+/);
    writeFileSync(join(top, 'data', 'stranger.txt'), 'x');
    expect(() => run('python3', '-X', 'utf8', '-c', RULES, top)).toThrow('Command failed');
  });

  it.skipIf(!hasBagit)('is valid to Python’s bagit', async () => {
    const top = await unpackedBag();
    expect(
      run('python3', '-X', 'utf8', '-c', 'import bagit,sys; print(bagit.Bag(sys.argv[1]).validate())', top).trim(),
    ).toBe('True');
  });
});
