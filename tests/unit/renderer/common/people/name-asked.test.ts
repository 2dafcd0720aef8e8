import { expect, it } from 'vitest';
import { ApiError, createApi } from '../../../../../renderer/api/index.ts';
import {
  nameGiven,
  putOffName,
  useNameAsked,
  withNameAsked,
} from '../../../../../renderer/common/people/name-asked.ts';
import { fail, ok } from '../../../../../shared/errors.ts';

const until = async (holds: () => boolean): Promise<void> => {
  for (let tries = 0; !holds() && tries < 100; tries++) await new Promise((resolve) => setTimeout(resolve, 1));
  expect(holds()).toBe(true);
};

/** The api over a host that creates a project only for someone with a name. */
function begin() {
  const host = { needsName: true, asked: [] as string[] };
  const api = withNameAsked(
    createApi(
      {
        call: (name) => {
          host.asked.push(name);
          if (name === 'app.state') return Promise.resolve(ok({ needsName: host.needsName }));
          return Promise.resolve(host.needsName ? fail('NAME_NEEDED', 'Enter your name first.') : ok({ opened: true }));
        },
        offer: () => Promise.resolve(ok([])),
        listen: () => () => undefined,
      },
      false,
    ),
  );
  const create = () => api.call('app.newProject', { title: 'Kashgar', codebook: 'empty' });
  return { host, create };
}

it('goes on by itself with what needs a name, once the name is given', async () => {
  const { host, create } = begin();
  putOffName();
  const created = create();
  await until(() => host.asked.includes('app.state'));
  expect(useNameAsked.getState().putOff).toBe(false);
  host.needsName = false;
  await new Promise((resolve) => setTimeout(resolve, 1));
  nameGiven();
  expect(await created).toEqual({ opened: true });
  expect(host.asked.filter((name) => name === 'app.newProject')).toHaveLength(2);
});

it('fails if the name is put off', async () => {
  const { host, create } = begin();
  const created = create().catch((thrown: unknown) => thrown);
  await until(() => host.asked.includes('app.state'));
  await new Promise((resolve) => setTimeout(resolve, 1));
  putOffName();
  expect(await created).toBeInstanceOf(ApiError);
  expect(host.asked.filter((name) => name === 'app.newProject')).toHaveLength(1);
});
