"""What a list would become: addresses, duplicates, what is missing, what is wrong."""

import pytest

from wardline.people.models import Person, Unit
from wardline.registry.errors import RegistryError
from wardline.registry.importing import Options, Outcome, Plan, plan
from wardline.registry.models import Account

HERE = Options(unit="Cardiology")


def planned(text: str, options: Options = HERE) -> Plan:
    return plan("list.csv", text.encode(), options)


def only(text: str, options: Options = HERE) -> Outcome:
    (outcome,) = planned(text, options).outcomes
    return outcome


def remarks(outcome: Outcome) -> str:
    return " ".join(f"{one.column}: {one.message}" for one in outcome.remarks)


def test_a_whole_row_has_nothing_to_be_said(
    cardiology: Unit, author: Person, moderator: Person
) -> None:
    outcome = only(
        "Department,URL,Kind,Title,E-mail,Owner e-mail,Deputy,Keywords,Fundraising\n"
        "cardiology,heart.example.org,blog,Heart,heart@mgh.harvard.edu,"
        f"{author.email.upper()},{moderator.email},flu; heart,no\n",
        Options(),
    )
    assert (outcome.result, outcome.remarks) == ("new", ())
    found = outcome.particulars
    assert found
    assert (found.name, found.owner, found.tags) == ("Heart", author, ("flu", "heart"))


@pytest.mark.parametrize(
    ("platform", "handle", "url"),
    [
        ("twitter", "@MGH", "https://x.com/MGH"),
        ("Facebook", "mgh", "https://facebook.com/mgh"),
        ("fb", "https://facebook.com/mgh", "https://facebook.com/mgh"),
        (
            "youtube_id",
            "UCGdrLQbt1PYDTPsampx4t1A",
            "https://youtube.com/channel/UCGdrLQbt1PYDTPsampx4t1A",
        ),
        ("YouTube", "mgh", "https://youtube.com/@mgh"),
        ("mastodon", "@mgh@Med.Example.org", "https://med.example.org/@mgh"),
        ("bluesky", "mgh.bsky.social", "https://bsky.app/profile/mgh.bsky.social"),
    ],
)
def test_platform_and_handle_become_an_address(
    cardiology: Unit, platform: str, handle: str, url: str
) -> None:
    outcome = only(f"platform,handle,holder_id\n{platform},{handle},M000133\n")
    assert (outcome.result, outcome.url) == ("new", url)
    assert outcome.particulars
    assert outcome.particulars.tags == ("holder_id: M000133",)


def test_columns_named_for_sites_are_an_account_each(cardiology: Unit) -> None:
    found = planned("state,name,twitter,instagram\nAL,Alabama,@alp,alp\nAK,Alaska,,\n")
    assert [one.url for one in found.outcomes] == [
        "https://x.com/alp",
        "https://instagram.com/alp",
        "",
    ]
    assert "state: AL" in (found.particulars[0].tags)
    assert "url: No address is told" in remarks(found.outcomes[2])


def test_an_address_elsewhere_in_the_row_is_taken_and_told(cardiology: Unit) -> None:
    outcome = only("name,twitter,site 2\nSamoa,,https://www.facebook.com/amsamgov/\n")
    assert outcome.result == "new"
    assert "site 2: The address was taken from here." in remarks(outcome)


def test_what_is_there_already_is_passed_by(cardiology: Unit, blog: Account) -> None:
    found = planned(f"url\n{blog.url}\nx.com/mgh\nhttps://www.twitter.com/MGH/?s=20\n")
    assert [one.result for one in found.outcomes] == ["duplicate", "new", "duplicate"]
    assert "as “Cardiology blog”" in remarks(found.outcomes[0])
    assert "The same address as on line 3." in remarks(found.outcomes[2])


def test_what_is_missing_is_told_and_the_row_is_kept(
    cardiology: Unit, outsider: Person
) -> None:
    rows = f"url,owner,deputy\nheart.example.org,{outsider.email},nobody@mgh.org\n"
    outcome = only(rows)
    assert outcome.result == "new"
    told = remarks(outcome)
    assert "deputy: Nobody signs in as nobody@mgh.org" in told
    assert "Give the official e-mail address" in told
    assert "kind: Not told" in told
    assert "Name an owner and a deputy." in told


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ("unit,url\nNeurology,x.com/a\n", "unit: There is no unit “Neurology”"),
        ("url\nnot an address\n", "url: “not an address” is not the address of a page"),
        ("url\njavascript:alert(1)\n", "url: "),
        ("platform,handle\nmyspace,tom\n", "handle: “myspace” is not a site we know"),
        ("platform,handle\nx,two words\n", "handle: “two words” is no handle at x"),
        ("platform,handle\nx,\n", "is no handle at x"),
        ("url,language\nx.com/a,English\n", "language: "),
        (f"url,description\nx.com/a,{'a' * 501}\n", "Shorten it to 500 characters."),
        ("url,fundraising\nx.com/a,perhaps\n", "fundraising: Write yes or no."),
        ("url,channel\nx.com/a,pigeon\n", "channel: There is no channel “pigeon”"),
        ("url,kind\nx.com/a,radio\n", "kind: Write one of 'network'"),
        ("url\nx.com/a,b\n", "more cells than columns"),
        ("url,e-mail\nx.com/a,me\n", "official_email: “me” is not an e-mail address."),
    ],
)
def test_what_is_wrong_is_told_by_line_and_column(
    cardiology: Unit, row: str, told: str
) -> None:
    outcome = only(row)
    assert (outcome.result, outcome.line) == ("refused", 2)
    assert told in remarks(outcome)


def test_rows_without_a_unit_need_one(cardiology: Unit) -> None:
    assert "unit: This is needed" in remarks(only("url\nx.com/a\n", Options()))


def test_units_are_made_only_when_asked_and_only_once(cardiology: Unit) -> None:
    rows = "unit,url\nHeart & Lung,x.com/a\nheart & lung,x.com/b\nCARDIOLOGY,x.com/c\n"
    found = planned(rows, Options(create_units=True))
    assert [unit.name for unit in found.units] == ["Heart & Lung"]
    assert len(found.particulars) == 3
    assert not Unit.objects.filter(name="Heart & Lung").exists()


@pytest.mark.parametrize(
    "header",
    ["Password", "facebook_pwd", "Recovery codes", "2FA", "PIN", "API key", "Kennwort"],
)
def test_a_column_of_credentials_is_refused_and_not_repeated(
    cardiology: Unit, header: str
) -> None:
    with pytest.raises(RegistryError, match="custody") as refusal:
        planned(f"url,{header}\nheart.example.org,hunter2\n")
    assert "hunter2" not in str(refusal.value)


def test_an_empty_column_of_credentials_does_no_harm(cardiology: Unit) -> None:
    assert only("url,kind,Password\nheart.example.org,blog,\n").result == "new"


def test_words_that_only_hold_such_letters_are_tags(cardiology: Unit) -> None:
    assert only("url,Opinion,Keynote\nheart.example.org,good,yes\n").result == "new"
