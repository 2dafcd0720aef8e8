import { type Command, Option } from 'commander';
import { runServe } from '../host/browser/run.ts';
import { EXIT } from './output.ts';

/** `serve`: the workbench in a browser on this machine. It runs until it is ended. */
export function addServeCommand(
  program: Command,
  done: (exit: number) => void,
  failed: (thrown: unknown) => number,
): void {
  program
    .command('serve')
    .description('serve the workbench to a browser on this machine')
    .argument('[project]')
    .addOption(new Option('--port <n>', 'the port (default: a free one)'))
    .action(async (project: string | undefined, options: { port?: string }) => {
      try {
        await runServe({ project, port: options.port });
        done(EXIT.done);
      } catch (thrown) {
        done(failed(thrown));
      }
    });
}
