import { keyLines } from './cloud';
import type { RecipeOptions } from './options';

const image = 'registry.example/labpath-machine:1';

/**
 * One privileged pod with sshd for each learner, and a jump host that is none of them. Who may log in where is decided by
 * keys alone: each learner's key stands in the Secret under the name of their pod.
 */
export function kubernetes({ keys, learners }: RecipeOptions): string {
  const lines = keyLines(keys);
  const keyOf = (index: number) => JSON.stringify(`${lines[index % lines.length] ?? ''}\n`);
  const authorized = Array.from({ length: learners }, (_, i) => `  lab-${i}: ${keyOf(i)}\n`).join('');
  return `# Lab machines of Labpath on an existing cluster, one for each of ${learners} learners. The image is that of
# \`labpath lab recipe dockerfile\`. Privileged pods are no barrier against malice: give them nodes of their own (the
# nodeSelector), or virtual machines (KubeVirt) where learners do not trust each other.
apiVersion: v1
kind: Namespace
metadata:
  name: labpath
  labels:
    pod-security.kubernetes.io/enforce: privileged
---
apiVersion: v1
kind: Secret
metadata:
  name: learners
  namespace: labpath
stringData:
  # One public key for each learner, under the name of their machine.
${authorized}  jump: ${JSON.stringify(`${lines.join('\n')}\n`)}
---
apiVersion: v1
kind: Service
metadata:
  name: lab
  namespace: labpath
spec:
  clusterIP: None
  selector: { app: lab }
  ports: [{ port: 22 }]
---
apiVersion: apps/v1
kind: StatefulSet
metadata:
  name: lab
  namespace: labpath
spec:
  serviceName: lab
  replicas: ${learners}
  podManagementPolicy: Parallel
  selector:
    matchLabels: { app: lab }
  template:
    metadata:
      labels: { app: lab }
    spec:
      automountServiceAccountToken: false
      enableServiceLinks: false
      nodeSelector: { labpath: machines }
      containers:
        - name: lab
          image: ${image}
          command: [/bin/bash, -c]
          args:
            - >-
              mkdir -p /keys /run/sshd && cp /learners/$HOSTNAME /keys/authorized_keys &&
              ssh-keygen -A && exec /usr/sbin/sshd -D -e
          securityContext: { privileged: true }
          ports: [{ containerPort: 22 }]
          resources:
            requests: { cpu: 100m, memory: 128Mi }
            limits: { cpu: "1", memory: 1Gi, ephemeral-storage: 4Gi }
          volumeMounts:
            - { name: learners, mountPath: /learners, readOnly: true }
            - { name: run, mountPath: /run }
      volumes:
        - { name: learners, secret: { secretName: learners } }
        - { name: run, emptyDir: { medium: Memory, sizeLimit: 64Mi } }
---
# Machines take logins from the jump host only and reach nothing: labs need no network outside.
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: lab
  namespace: labpath
spec:
  podSelector:
    matchLabels: { app: lab }
  policyTypes: [Ingress, Egress]
  ingress:
    - from: [{ podSelector: { matchLabels: { app: jump } } }]
      ports: [{ port: 22 }]
  egress: []
---
apiVersion: apps/v1
kind: Deployment
metadata:
  name: jump
  namespace: labpath
spec:
  replicas: 1
  selector:
    matchLabels: { app: jump }
  template:
    metadata:
      labels: { app: jump }
    spec:
      automountServiceAccountToken: false
      containers:
        - name: jump
          image: ${image}
          command: [/bin/bash, -c]
          args:
            - >-
              mkdir -p /keys /run/sshd && cp /learners/jump /keys/authorized_keys && ssh-keygen -A &&
              exec /usr/sbin/sshd -D -e -o ForceCommand=/usr/sbin/nologin -o PermitTTY=no
          ports: [{ containerPort: 22 }]
          volumeMounts:
            - { name: learners, mountPath: /learners, readOnly: true }
      volumes:
        - { name: learners, secret: { secretName: learners } }
---
apiVersion: v1
kind: Service
metadata:
  name: jump
  namespace: labpath
spec:
  type: LoadBalancer
  selector: { app: jump }
  ports: [{ port: 22 }]
`;
}

/** What a learner adds to ~/.ssh/config. ssh itself does the jumping; Labpath has no relay of its own. */
export function fleetConfig({ learners }: RecipeOptions): string {
  return `# In ~/.ssh/config; then set “host: lab-7” in a note, or: labpath lab adopt lab-7
Host labpath-jump
  HostName jump.example.org
  User root
Host lab-? lab-?? lab-??? lab-????
  # lab-0 to lab-${learners - 1}
  HostName %h.lab.labpath.svc.cluster.local
  User root
  ProxyJump labpath-jump
`;
}
