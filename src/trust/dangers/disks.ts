import { operands, overwritten, type Pattern } from './command';

/** Disks and what is made of them; loop and memory devices hold nothing but what a lab put there. */
const DEVICE = /^\/dev\/(?!null$|zero$|full$|random$|urandom$|tty|pts\/|std|fd\/|shm|loop|ram|zram|kmsg)\S/;
/** A variable that is called like what it holds. */
const DISK_VARIABLE = /^\$\{?\w*(disk|drive|blockdev|device)\w*\}?\d*$/i;
const FORMATS = /^(mkfs(\.\w+)?|mke2fs|mkswap|mkdosfs|pvcreate|vgcreate)$/;
const CHANGES =
  /^(wipefs|blkdiscard|shred|sgdisk|sfdisk|fdisk|cfdisk|parted|gdisk|badblocks|hdparm|nvme|cryptsetup|mdadm)$/;
const ONLY_LOOKS =
  /^(-l|--list|print|-p|status|isLuks|luksDump|-I|-i|--detail|-D|--examine|-E|list|smart-log|id-ctrl)$/;

/** What destroys what is stored. */
export const disks: readonly Pattern[] = [
  ({ program, args }) =>
    FORMATS.test(program) && operands(args).some(mayBeDevice) ? 'formats a disk' : null,
  ({ program, args }) =>
    program === 'dd' && args.some((arg) => arg.startsWith('of=') && isDisk(arg.slice(3)))
      ? 'writes over a disk'
      : null,
  ({ program, args }) =>
    CHANGES.test(program) && operands(args).some(isDisk) && !args.some((arg) => ONLY_LOOKS.test(arg))
      ? 'changes or erases a disk'
      : null,
  ({ program }) =>
    /^(lvremove|vgremove|pvremove)$/.test(program) ? 'removes volumes and what is on them' : null,
  ({ program, args }) =>
    /^(zpool|zfs)$/.test(program) && args[0] === 'destroy' ? 'removes a storage pool or what is on it' : null,
  (command) => (overwritten(command).some(isDisk) && command.program !== 'ln' ? 'writes over a disk' : null),
];

function isDisk(path: string): boolean {
  return DEVICE.test(path) || DISK_VARIABLE.test(path);
}

/** A disk, or something only the run will tell (`"$X"`). */
function mayBeDevice(path: string): boolean {
  return isDisk(path) || path.startsWith('$');
}
