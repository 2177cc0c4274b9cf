import { labPackages } from '../tools';

/** An image that is a Debian with sshd and all that the labs call. Keys come at run time: an image is no place for them. */
export function dockerfile(): string {
  const packages = labPackages('debian')
    .map((name) => `      ${name} \\\n`)
    .join('');
  return `# A lab machine for Labpath as a container: docker build -t labpath-machine .
FROM debian:bookworm
RUN apt-get update \\
 && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends \\
${packages} && rm -rf /var/lib/apt/lists/* /etc/ssh/ssh_host_*
RUN printf '%s\\n' 'PermitRootLogin prohibit-password' 'PasswordAuthentication no' 'UsePAM no' \\
      'AuthorizedKeysFile /keys/authorized_keys' 'StrictModes no' 'AllowAgentForwarding no' 'X11Forwarding no' \\
      > /etc/ssh/sshd_config.d/labpath.conf \\
 && sed -i 's/^root:[^:]*:/root:*:/' /etc/shadow
EXPOSE 22
# Host keys are made at the first start, so that no two machines share them.
CMD ["/bin/bash", "-c", "ssh-keygen -A && mkdir -p /run/sshd && exec /usr/sbin/sshd -D -e"]
`;
}

/**
 * Privileged, because labs make namespaces, mounts and firewall rules: such a container is no barrier against malice. It
 * listens on loopback only.
 */
export function compose(): string {
  return `# docker compose up -d, with the Dockerfile and a file authorized_keys beside this one; then
#   labpath lab adopt ssh://root@127.0.0.1:2222
services:
  lab:
    build: .
    hostname: lab
    privileged: true
    cgroup: private
    init: true
    ports:
      - 127.0.0.1:2222:22
    volumes:
      - ./authorized_keys:/keys/authorized_keys:ro
    tmpfs:
      - /run
      - /tmp
    mem_limit: 2g
    pids_limit: 4096
`;
}
