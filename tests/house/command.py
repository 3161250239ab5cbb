#!/usr/bin/env python3
"""command.py DATAWORKS GATEWAY: tries the command as a new user would: exit codes, what is said, JSON for machines, and never a secret."""
import json
import os
import pathlib
import re
import signal
import socket
import subprocess
import sys
import tempfile

COMMAND, GATEWAY = sys.argv[1:3]
SECRET, TOKEN = "canary-secret-5f1c", "canary-token-9a7e"
QUESTION = "query --project-id 10000 --task-type DI_REALTIME --async-process-id 10".split()
CREATE = ["create", "--project-id", "10000", "--task-name", "orders", "--task-param", "{}"]
UPDATE = ["update", "--project-id", "10000", "--file-id", "7", "--task-param", "{}"]
faults = []


def environment(**more):
    plain = {k: v for k, v in os.environ.items() if not k.startswith("ALIBABA_CLOUD_")}
    return {**plain, **{f"ALIBABA_CLOUD_{k}": v for k, v in more.items()}}


KEY = environment(ACCESS_KEY_ID="testid", ACCESS_KEY_SECRET="testsecret")
CANARY = environment(ACCESS_KEY_ID="testid", ACCESS_KEY_SECRET=SECRET, SECURITY_TOKEN=TOKEN)


def expect(what, condition, seen=""):
    if not condition:
        faults.append(f"{what}\n{seen}")


def run(arguments, code, says="", env=KEY):
    done = subprocess.run([COMMAND, *arguments], capture_output=True, text=True, env=env, timeout=60, check=False)
    everything = done.stdout + done.stderr
    name = "dataworks " + " ".join(arguments)
    expect(f"{name}: exit {done.returncode}, not {code}", done.returncode == code, everything)
    expect(f"{name}: does not say {says!r}", says in everything, everything)
    for secret in (SECRET, TOKEN, "testsecret"):
        expect(f"{name}: shows a secret", secret not in everything, everything)
    expect(f"{name}: shows a signature", not re.search(r"Signature=[0-9a-f]{8}", everything), everything)
    if "--json" in arguments and code != 2:
        try:
            return json.loads(done.stdout)
        except ValueError as error:
            expect(f"{name}: {error}", False, everything)
            return {}
    return everything


class Gateway:
    """The gateway program with a script, on a port of its own."""

    def __init__(self, script, *options):
        self.file = tempfile.NamedTemporaryFile("w", suffix=".txt", encoding="utf-8")
        self.file.write(script)
        self.file.flush()
        self.process = subprocess.Popen([GATEWAY, "--script", self.file.name, *options], stdout=subprocess.PIPE, text=True)
        first = self.process.stdout.readline()
        expect("the gateway's first line", re.fullmatch(r"listening on 127\.0\.0\.1:\d+\n", first), first)
        self.host = first.removeprefix("listening on ").strip()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.send_signal(signal.SIGTERM)
        self.record = self.process.communicate(timeout=20)[0].splitlines()
        expect("the gateway does not end well", self.process.returncode == 0, str(self.process.returncode))
        self.file.close()


def try_usage():
    run([], 2, "dataworks query")
    for verb in ("query", "create", "update", "explain", "sign"):
        run(["--help"], 0, f"dataworks {verb}")
    run([*QUESTION, "--projct-id", "1"], 2, "--projct-id")
    run(["frobnicate"], 2, "frobnicate")
    run(["query", "--project-id", "ten"], 2, "ten")
    run(["explain", tempfile.gettempdir()], 2)
    run(["explain", "no such file"], 2, "no such file")


def try_alone():
    run(QUESTION, 3, "ALIBABA_CLOUD_ACCESS_KEY_ID", environment())
    run([*QUESTION, "--region", "cn-nowhere"], 4, "cn-nowhere", CANARY)
    run([*QUESTION, "--endpoint", "127.0.0.1:1", "--json"], 6, "not_sent", CANARY)
    wrong = run(["query", "--gateway", "memory", "--project-id", "0"], 4)
    for name in ("AsyncProcessId", "ProjectId", "TaskType"):
        expect(f"every parameter at once: {name}", name in wrong, wrong)
    for env in (environment(), CANARY):
        reply = run([*QUESTION, "--gateway", "memory", "--json"], 0, env=env)
        expect("the documented reply", reply.get("ok") and reply["reply"]["Data"]["Status"] == "success", str(reply))
    run([*CREATE, "--gateway", "memory"], 0, "1000001", CANARY)
    run([*UPDATE, "--gateway", "memory"], 0, "success", CANARY)
    for verb in (QUESTION, CREATE, UPDATE):
        shown = run([*verb, "--dry-run"], 0, "authorization: ***", CANARY)
        expect("the token is left out", "x-acs-security-token: ***" in shown, shown)
    run(["sign", *QUESTION, "--date", "2023-10-26T10:22:32Z"], 0, "x-acs-date:2023-10-26T10:22:32Z", CANARY)
    with tempfile.NamedTemporaryFile("w", suffix=".json", encoding="utf-8") as answer:
        json.dump({"Code": "SignatureDoesNotMatch", "RequestId": "r-1", "Message": "Specified signature is not matched with our "
                   f"calculation. server string to sign is:POST&%2F&AccessKeyId%3Dtestid%26SecurityToken%3D{TOKEN}"}, answer)
        answer.flush()
        run(["explain", answer.name], 0, "r-1")
        run(["explain", answer.name, "--json"], 0)


def try_service():
    with Gateway("success\n") as gateway:
        there = ["--gateway", gateway.host]
        for secret, says in ((SECRET, "your secret"), ("testsecret ", "white space")):
            run([*QUESTION, *there], 3, says, environment(ACCESS_KEY_ID="testid", ACCESS_KEY_SECRET=secret))
        run([*QUESTION, *there, "--json"], 3, "SignatureDoesNotMatch", environment(ACCESS_KEY_ID="testid", ACCESS_KEY_SECRET=SECRET))
        run([*QUESTION, *there], 3, "InvalidAccessKeyId.NotFound", environment(ACCESS_KEY_ID="other", ACCESS_KEY_SECRET=SECRET))
    with Gateway("throttle 1\n") as gateway:
        run([*CREATE, "--gateway", gateway.host], 5, "Throttling")
    expect("as often as the policy allows", gateway.record == ["GenerateDISyncTaskConfigForCreating accepted"] * 4, str(gateway.record))
    with Gateway("error 304 NotModified\n") as gateway:
        run([*QUESTION, "--gateway", gateway.host], 4)
        run([*QUESTION, "--gateway", gateway.host], 4)
    with tempfile.NamedTemporaryFile("w", suffix=".json", encoding="utf-8") as content:
        content.write(json.dumps({"steps": ["x" * 100] * 240}))
        content.flush()
        script = f"QueryDISyncTaskConfigProcessResult: success {content.name}\n"
        with Gateway(script) as gateway:
            run([*UPDATE, "--gateway", gateway.host], 0, "success")


def try_terminal():
    """What moves a cursor, or names a window, comes from the service to no terminal."""
    hostile = "\x1b[2J\x1b]0;x\x07\x9b1m"
    with tempfile.NamedTemporaryFile("w", suffix=".json", encoding="utf-8") as content:
        answer = {"RequestId": hostile, "Success": True, "Data": {"Status": hostile, "Message": hostile, "TaskContent": hostile}}
        content.write(json.dumps(answer))
        content.flush()
        with Gateway(f"body 200 {content.name}\n") as gateway:
            for call, code in ((QUESTION, 0), (CREATE, 1)):
                shown = run([*call, "--gateway", gateway.host], code, "x1B[2J")
                expect(f"{call[0]}: a control character of the service's", not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f]", shown), shown)


def try_expectation():
    """A client that waits for a word before it sends its body."""
    with Gateway("success\n") as gateway:
        host, port = gateway.host.split(":")
        with socket.create_connection((host, int(port)), timeout=10) as client:
            client.sendall(b"POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 4\r\nExpect: 100-continue\r\n\r\n")
            said = client.recv(100)
            expect("a word to go on", said == b"HTTP/1.1 100 Continue\r\n\r\n", repr(said))
            client.sendall(b"body")
            said = client.recv(4096)
            expect("then an answer", said.startswith(b"HTTP/1.1 400 "), repr(said))


def try_interrupt():
    with tempfile.TemporaryDirectory() as folder, Gateway("success\n") as gateway:
        kept = pathlib.Path(folder) / "checkpoint.json"
        arguments = [*CREATE, "--gateway", gateway.host, "--checkpoint", str(kept)]
        job = subprocess.Popen([COMMAND, *arguments], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=KEY)
        lines = []
        while not lines or ("next look" not in lines[-1] and lines[-1]):
            lines.append(job.stderr.readline())
        job.send_signal(signal.SIGINT)
        said = job.communicate(timeout=30)[1]
        expect("interrupted: 130", job.returncode == 130, said)
        expect("what is left running", "process 10 goes on" in said and "--resume" in said, said)
        expect("no content in a checkpoint", json.loads(kept.read_text(encoding="utf-8"))["phase"] == "asking")
        run([*arguments, "--resume", f"@{kept}"], 0, "1000001")
    expect("generated once, created once", [line.split()[0] for line in gateway.record] == [
        "GenerateDISyncTaskConfigForCreating", "QueryDISyncTaskConfigProcessResult", "CreateDISyncTask"], str(gateway.record))


def main():
    for part in (try_usage, try_alone, try_service, try_terminal, try_expectation, try_interrupt):
        part()
    print("\n".join(faults) or "the command does what it says")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
