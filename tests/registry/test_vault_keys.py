"""The keys of the vault: from a file, a variable or a token, and put in another's place."""

import base64
import os
import shutil
import subprocess
from pathlib import Path

import pkcs11
import pytest
from cryptography.exceptions import InvalidTag
from pytest_django import Settings

from wardline.environment import Pkcs11
from wardline.people.access import Actor, DeniedError
from wardline.people.models import Person
from wardline.registry import vault
from wardline.registry.models import Account, Secret
from wardline.registry.steps.rotate_key import rotate_key
from wardline.registry.vault import token
from wardline.registry.vault.key_file import KeyFile
from wardline.registry.vault.keys import KeyProvider, LocalKey, keyring

pytestmark = pytest.mark.django_db(transaction=True)
PLAIN = "hunter2-but-longer"
MODULE = "/usr/lib/softhsm/libsofthsm2.so"


@pytest.fixture
def key_file(tmp_path: Path, settings: Settings) -> KeyFile:
    """A key file of this test's own."""
    settings.VAULT_KEY_FILE = tmp_path / "vault.key"
    settings.VAULT_KEY_FILE.write_text(base64.b64encode(os.urandom(32)).decode())
    return KeyFile(settings.VAULT_KEY_FILE)


@pytest.fixture(scope="session")
def hsm(tmp_path_factory: pytest.TempPathFactory) -> Pkcs11:
    """A SoftHSM token with two keys; what is done with them is done in its library."""
    folder = tmp_path_factory.mktemp("softhsm")
    (folder / "tokens").mkdir()
    configuration = folder / "softhsm2.conf"
    configuration.write_text(f"directories.tokendir = {folder / 'tokens'}\n")
    os.environ["SOFTHSM2_CONF"] = str(configuration)
    tool = shutil.which("softhsm2-util") or "softhsm2-util"
    words = [
        "--init-token",
        "--free",
        "--label",
        "wardline",
        "--pin",
        "1234",
        "--so-pin",
        "5678",
    ]
    subprocess.run([tool, *words], check=True, capture_output=True)
    able = pkcs11.MechanismFlag
    opened = pkcs11.lib(MODULE).get_token(token_label="wardline")
    with opened.open(user_pin="1234", rw=True) as session:
        for label in ("first", "second"):
            session.generate_key(
                pkcs11.KeyType.AES,
                256,
                label=label,
                store=True,
                capabilities=able.ENCRYPT | able.DECRYPT | able.SIGN,
            )
    return Pkcs11(MODULE, "wardline", "1234", "first")


@pytest.fixture(params=["local", "token"])
def key(request: pytest.FixtureRequest) -> KeyProvider:
    """A key of each kind."""
    if request.param == "local":
        return LocalKey(os.urandom(32))
    return token.keys(request.getfixturevalue("hsm"))[0]


@pytest.fixture
def operator() -> Actor:
    return Actor(0, "Operator", roles=frozenset({"administrator"}))


def open_one(account: Account, person: Person) -> str:
    return vault.use(person.actor, account, "secret", purpose="test")[0]


def test_a_key_unwraps_what_it_wrapped_in_its_place_alone(key: KeyProvider) -> None:
    wrapped = key.wrap(b"k" * 32, b"place")
    assert key.unwrap(wrapped, b"place") == b"k" * 32
    for moved, place in ((wrapped, b"elsewhere"), (wrapped[:-1] + b"0", b"place")):
        with pytest.raises(InvalidTag):
            key.unwrap(moved, place)


def test_a_derived_key_is_the_same_for_the_same_purpose_alone(key: KeyProvider) -> None:
    assert key.derive(b"a") == key.derive(b"a")
    assert len({key.derive(b"a"), key.derive(b"b")}) == 2
    assert len(key.derive(b"a")) == 32


def test_the_tokens_labelled_key_seals_and_the_others_open(hsm: Pkcs11) -> None:
    first, second = token.keys(hsm)
    swapped = token.keys(Pkcs11(hsm.module, hsm.token, hsm.pin, "second"))
    assert [key.key_id for key in swapped] == [second.key_id, first.key_id]


def test_a_token_without_the_key_says_so(hsm: Pkcs11) -> None:
    with pytest.raises(vault.KeyStoreError, match="no AES key labelled third"):
        token.keys(Pkcs11(hsm.module, hsm.token, hsm.pin, "third"))


@pytest.mark.parametrize(
    ("module", "label"), [(MODULE, "no such token"), ("/no/such.so", "wardline")]
)
def test_a_token_that_does_not_answer_says_what_to_check(
    hsm: Pkcs11, module: str, label: str
) -> None:
    with pytest.raises(vault.KeyStoreError, match="WARDLINE_VAULT_PKCS11_MODULE"):
        token.keys(Pkcs11(module, label, "1234", "first"))


def test_custody_moves_from_the_file_to_a_token(
    blog: Account,
    author: Person,
    operator: Actor,
    key_file: KeyFile,
    hsm: Pkcs11,
    settings: Settings,
) -> None:
    vault.store(author.actor, blog, "secret", PLAIN)
    settings.VAULT_PKCS11 = hsm
    assert open_one(blog, author) == PLAIN
    assert rotate_key(operator).moved == 1
    key_file.path.unlink()
    assert open_one(blog, author) == PLAIN


def test_nobody_else_rotates(registrar: Person, key_file: KeyFile) -> None:
    before = key_file.read()
    with pytest.raises(DeniedError, match="Administrator"):
        rotate_key(registrar.actor)
    assert key_file.read() == before


@pytest.mark.clause("OFFICIAL-03", by="wardline.registry.steps.rotate_key")
def test_after_a_rotation_the_new_key_alone_opens(
    blog: Account, author: Person, operator: Actor, key_file: KeyFile
) -> None:
    for field in ("username", "secret"):
        vault.store(author.actor, blog, field, PLAIN)
    before = {row.field: row for row in Secret.objects.all()}
    (old,) = key_file.read()
    done = rotate_key(operator)
    assert (done.moved, done.left) == (2, ())
    assert old not in key_file.read()
    assert open_one(blog, author) == PLAIN
    for row in Secret.objects.all():
        assert row.key_id == done.key_id != before[row.field].key_id
        assert row.changed_at == before[row.field].changed_at
        with pytest.raises(InvalidTag):
            LocalKey(old).unwrap(bytes(row.wrapped_key), b"")


def test_reuse_is_told_before_amid_and_after_a_rotation(
    blog: Account,
    page_by_hand: Account,
    author: Person,
    operator: Actor,
    key_file: KeyFile,
) -> None:
    vault.store(author.actor, blog, "secret", PLAIN)
    for turn in (lambda: None, key_file.begin, lambda: rotate_key(operator)):
        turn()
        with pytest.raises(vault.ReusedError):
            vault.store(author.actor, page_by_hand, "password", PLAIN)
    assert len(key_file.read()) == 1


def test_a_rotation_that_was_cut_goes_on_with_the_same_key(
    blog: Account, author: Person, operator: Actor, key_file: KeyFile
) -> None:
    vault.store(author.actor, blog, "secret", PLAIN)
    key_file.begin()
    fresh = key_file.read()[0]
    assert open_one(blog, author) == PLAIN
    assert rotate_key(operator).moved == 1
    assert key_file.read() == [fresh]


def test_the_old_key_stays_while_a_row_cannot_be_opened(
    blog: Account, author: Person, operator: Actor, key_file: KeyFile
) -> None:
    vault.store(author.actor, blog, "secret", PLAIN)
    Secret.objects.update(wrapped_key=b"spoilt")
    assert rotate_key(operator).left == (f"secret of {blog}",)
    assert len(key_file.read()) == 2


def test_keys_of_variables_are_the_operators_to_take_away(
    blog: Account, author: Person, operator: Actor, settings: Settings
) -> None:
    old, new = (base64.b64encode(os.urandom(32)).decode() for _ in range(2))
    settings.VAULT_KEY = old
    vault.store(author.actor, blog, "secret", PLAIN)
    settings.VAULT_KEY, settings.VAULT_OLD_KEYS = new, [old]
    assert rotate_key(operator).key_id == keyring().current.key_id
    settings.VAULT_OLD_KEYS = []
    assert open_one(blog, author) == PLAIN


def test_two_rotations_at_once_are_refused(
    blog: Account, operator: Actor, key_file: KeyFile
) -> None:
    with key_file.alone(), pytest.raises(vault.KeyStoreError, match="Wait"):
        rotate_key(operator)


@pytest.mark.parametrize("content", ["", "no key", "c2hvcnQ="])
def test_a_key_file_that_is_none_says_to_restore_it(
    key_file: KeyFile, content: str
) -> None:
    key_file.path.write_text(content)
    with pytest.raises(vault.KeyStoreError, match="Restore"):
        keyring()


def test_a_missing_key_file_is_never_made_anew(key_file: KeyFile) -> None:
    key_file.path.unlink()
    with pytest.raises(vault.KeyStoreError, match="cannot be read"):
        keyring()
