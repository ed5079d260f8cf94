"""The same store in a private bucket, against a pretended S3 inside this process."""

import os
from collections.abc import Iterator

import boto3
import pytest
from django.test import override_settings
from moto import mock_aws

from alongside.ground.files import queries
from alongside.ground.files.models import StoredFile
from alongside.ground.files.tests import make
from alongside.settings import file_store

BUCKET = "oak-files"


@pytest.fixture
def bucket(monkeypatch: pytest.MonkeyPatch) -> Iterator[object]:
    for name, value in (("KEY", "a"), ("SECRET", "b"), ("REGION", "eu-west-2")):
        monkeypatch.setenv(f"ALONGSIDE_FILES_{name}", value)
    with mock_aws(), override_settings(STORAGES={"files": file_store(BUCKET)}):
        place = boto3.resource("s3", region_name="eu-west-2").Bucket(BUCKET)
        place.create(CreateBucketConfiguration={"LocationConstraint": "eu-west-2"})
        yield place


@pytest.mark.django_db
def test_a_file_is_kept_in_the_bucket_and_given_back(bucket: object) -> None:
    paper = make.paper(words="We share what we know.")
    (stored,) = bucket.objects.all()
    assert stored.key == paper.stored_as and stored.get()["Body"].read() == b"We share what we know."
    assert queries.content_of(paper) == b"We share what we know."
    public = [grant for grant in stored.Acl().grants if "URI" in grant["Grantee"]]
    assert not public, "the bucket's file can be read by everybody"


@pytest.mark.django_db
def test_what_is_gone_from_the_bucket_is_told_as_such(bucket: object) -> None:
    paper = make.paper()
    bucket.objects.all().delete()
    with pytest.raises(queries.Damaged):
        queries.content_of(StoredFile.objects.get(pk=paper.pk))


def test_links_to_the_bucket_are_never_public_for_long() -> None:
    options = file_store(BUCKET)["OPTIONS"]
    assert options["querystring_auth"] and options["querystring_expire"] <= 60 and options["default_acl"] is None
    assert "AWS_SECRET" not in os.environ
