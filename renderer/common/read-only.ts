import { useCall } from '../api/index.ts';

/** Whether the project is open for reading only: what would change it is not offered. A banner above says why. */
export const useReadOnly = (): boolean => useCall('project.info', {}).data?.readOnly ?? false;
