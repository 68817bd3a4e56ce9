"""Pictures of One Entrance's pages, from a running server, with headless Chromium.

    tools/run python tools/screenshots.py URL LOGIN PASSWORD OUT_DIR NAME=PATH[@WIDTHxHEIGHT][#SELECTOR] ...

Each page is opened as the given user; the picture is taken when nothing is loading any more and the selector, if one is
given, is on the page. A WIDTH of 390 is a phone. Exit code 1 where a page logs an error or never shows the selector.
"""

import base64
import json
import re
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import requests
import websocket

TARGET = re.compile(r"(?P<name>[\w-]+)=(?P<path>[^@#]+)(?:@(?P<width>\d+)x(?P<height>\d+))?(?:#(?P<selector>.+))?")
DEFAULT_SIZE = (1366, 860)
PHONE = 500  # narrower than this, Chromium pretends to be a phone
PATIENCE = 40  # seconds for one page
READY = """
(() => {
    const busy = document.querySelector(".o_blockUI, .o_loading_indicator, .o_view_sample_data_loading");
    const shown = document.querySelector(%s);
    return Boolean(document.readyState === "complete" && shown && !busy);
})()
"""


class Browser:
    """One headless Chromium, spoken to over its own debugging protocol."""

    def __init__(self):
        self.profile = tempfile.mkdtemp(prefix="one-entrance-chromium-")
        command = [
            shutil.which("chromium") or "chromium",
            "--headless=new",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--no-first-run",
            "--hide-scrollbars",
            "--remote-debugging-port=0",
            "--remote-allow-origins=*",
            f"--user-data-dir={self.profile}",
            "about:blank",
        ]
        self.process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
        port = None
        while port is None:
            line = self.process.stderr.readline()
            if not line:
                raise SystemExit("Error: Chromium does not start. Run 'make setup'.")
            found = re.search(r"ws://127\.0\.0\.1:(\d+)/", line)
            port = found and found[1]
        page = next(
            entry
            for entry in requests.get(f"http://127.0.0.1:{port}/json", timeout=10).json()
            if entry["type"] == "page"
        )
        self.socket = websocket.create_connection(page["webSocketDebuggerUrl"], timeout=PATIENCE)
        self.number = 0
        self.errors = []
        for domain in ("Page", "Runtime", "Network"):
            self.call(f"{domain}.enable")

    def call(self, method, **params):
        self.number += 1
        self.socket.send(json.dumps({"id": self.number, "method": method, "params": params}))
        while True:
            message = json.loads(self.socket.recv())
            if message.get("method") == "Runtime.exceptionThrown":
                self.errors.append(message["params"]["exceptionDetails"].get("text", "error"))
            elif message.get("method") == "Runtime.consoleAPICalled" and message["params"]["type"] == "error":
                self.errors.append(str(message["params"]["args"][:1]))
            if message.get("id") == self.number:
                if "error" in message:
                    raise RuntimeError(f"{method}: {message['error']['message']}")
                return message["result"]

    def evaluate(self, expression):
        return self.call("Runtime.evaluate", expression=expression, returnByValue=True)["result"].get("value")

    def picture(self, url, size, selector, script=None):
        width, height = size
        self.call(
            "Emulation.setDeviceMetricsOverride",
            width=width,
            height=height,
            deviceScaleFactor=1,
            mobile=width < PHONE,
        )
        self.call("Emulation.setTouchEmulationEnabled", enabled=width < PHONE)
        self.call("Page.navigate", url=url)
        deadline = time.monotonic() + PATIENCE
        while not self.evaluate(READY % json.dumps(selector)):
            if time.monotonic() > deadline:
                self.errors.append(f"{selector} is not on {url}")
                break
            time.sleep(0.3)
        if script:
            self.evaluate(script)
        time.sleep(1.5)  # pictures and transitions
        return base64.b64decode(self.call("Page.captureScreenshot", format="png")["data"])

    def close(self):
        self.socket.close()
        self.process.terminate()
        self.process.wait()
        shutil.rmtree(self.profile, ignore_errors=True)


def sign_in(url, login, password):
    """:return: the session cookie of the user in the only, or the configured, database"""
    session = requests.Session()
    page = session.get(f"{url}/web/login", timeout=60).text
    token = re.search(r'name="csrf_token" value="([^"]+)"', page)[1]
    answer = session.post(
        f"{url}/web/login", data={"login": login, "password": password, "csrf_token": token}, timeout=60
    )
    if "oe_login_form" in answer.text:
        raise SystemExit(f"Error: {login} cannot sign in. Check the login and the password.")
    return session.cookies["session_id"]


def main(url, login, password, out_dir, *targets):
    out = Path(out_dir)
    out.mkdir(parents=True, exist_ok=True)
    cookie = sign_in(url, login, password)
    browser = Browser()
    try:
        browser.call("Network.setCookie", name="session_id", value=cookie, url=url)
        for target in targets:
            parts = TARGET.fullmatch(target)
            if not parts:
                raise SystemExit(f"Error: {target} is not NAME=PATH[@WIDTHxHEIGHT][#SELECTOR].")
            size = (int(parts["width"]), int(parts["height"])) if parts["width"] else DEFAULT_SIZE
            picture = browser.picture(url + parts["path"], size, parts["selector"] or ".o_action_manager > *")
            (out / f"{parts['name']}.png").write_bytes(picture)
            print(out / f"{parts['name']}.png", flush=True)
    finally:
        browser.close()
    for error in browser.errors:
        print(f"Error: {error}", file=sys.stderr)
    return 1 if browser.errors else 0


if __name__ == "__main__":
    if len(sys.argv) < 6:
        raise SystemExit(__doc__)
    raise SystemExit(main(*sys.argv[1:]))
