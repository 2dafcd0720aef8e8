import { query } from '../db/types.ts';

/** The titles of the project and of its codebook. */
export const projectTitles = query<
  { id: string },
  { title: string | null; codebookTitle: string | null; codebookVersion: string | null }
>('project.titles', `SELECT title, codebookTitle, codebookVersion FROM p_project WHERE id = $id`);
