import { useCall } from '../api/index.ts';

/** Whether the project is read-only: actions that would change it are not offered. A banner says why. */
export const useReadOnly = (): boolean => useCall('project.info', {}).data?.readOnly ?? false;
