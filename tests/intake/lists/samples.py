"""Small made-up publications, and what it takes to read them."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

KNOWN_AT = datetime(2024, 5, 16, 9, tzinfo=UTC)

SDN = (
    '101,"EXAMPLE BANK, LTD.",-0- ,"NPWMD] [IFSR",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,'
    '"SWIFT/BIC EXMPRUMM; Tax ID No. 7700000000 (Russia); Linked To: SAMPLE HOLDING, S.A."\r\n'
    '102,"TESTOV, Ivan Petrovich","individual","RUSSIA-EO14024","Director",-0- ,-0- ,-0- ,-0- ,'
    '-0- ,-0- ,"DOB 07 Oct 1952; alt. DOB circa 1953; POB Minsk, Belarus; nationality Russia; '
    "Gender Male; Passport A0123456 (Iran) issued 01 Jan 2010 expires 01 Jan 2020; "
    "a.k.a. 'SHORTY'.\"\r\n"
    '103,"BLUE TEST","vessel","CUBA",-0- ,"CL0001","Tug","1,200","212","Cuba","Example Lines",'
    '"Vessel Registration Identification IMO 9000001."\r\n'
)
ADD = (
    '101,1,"1 Example Street","Moscow 101000","Russia",-0- \r\n'
    "102,2,-0- ,-0- ,-0- ,-0- \r\n"
    '103,3,-0- ,-0- ,"Korea, North",-0- \r\n'
)
ALT = (
    '101,11,"fka","EXAMPLE SAVINGS BANK",-0- \r\n'
    '102,12,"aka","TESTOW, Ivan",-0- \r\n'
    '102,13,"nka","IVANOV, Ivan",-0- \r\n'
)
END = "\x1a"

UN = """<?xml version="1.0" encoding="utf-8"?>
<CONSOLIDATED_LIST dateGenerated="2024-05-13T23:00:00.123Z">
  <INDIVIDUALS>
    <INDIVIDUAL>
      <DATAID>9001</DATAID><VERSIONNUM>1</VERSIONNUM>
      <FIRST_NAME>ALPHA</FIRST_NAME><SECOND_NAME>BETA</SECOND_NAME><FOURTH_NAME>na</FOURTH_NAME>
      <UN_LIST_TYPE>DPRK</UN_LIST_TYPE><REFERENCE_NUMBER>KPi.999</REFERENCE_NUMBER>
      <LISTED_ON>2015-07-01-04:00</LISTED_ON>
      <NAME_ORIGINAL_SCRIPT>ألفا; بيتا</NAME_ORIGINAL_SCRIPT>
      <COMMENTS1>Ship IMO number: 9000001. Email: a.b@example.org.</COMMENTS1>
      <DESIGNATION><VALUE>Example
        Officer</VALUE></DESIGNATION>
      <NATIONALITY><VALUE>Iran (Islamic Republic of)</VALUE></NATIONALITY>
      <LAST_DAY_UPDATED><VALUE>2020-01-02</VALUE><VALUE>2018-01-02</VALUE>
        <VALUE/></LAST_DAY_UPDATED>
      <INDIVIDUAL_ALIAS><QUALITY>Good</QUALITY>
        <ALIAS_NAME>Al-Fa; Alfa</ALIAS_NAME></INDIVIDUAL_ALIAS>
      <INDIVIDUAL_ALIAS><QUALITY>Low</QUALITY><ALIAS_NAME>Shorty</ALIAS_NAME>
        <DATE_OF_BIRTH>1955</DATE_OF_BIRTH><NOTE>original script: Коротыш</NOTE></INDIVIDUAL_ALIAS>
      <INDIVIDUAL_ALIAS><QUALITY/><ALIAS_NAME/></INDIVIDUAL_ALIAS>
      <INDIVIDUAL_ADDRESS><COUNTRY/></INDIVIDUAL_ADDRESS>
      <INDIVIDUAL_DATE_OF_BIRTH><TYPE_OF_DATE>EXACT</TYPE_OF_DATE>
        <DATE>1964-07-17</DATE></INDIVIDUAL_DATE_OF_BIRTH>
      <INDIVIDUAL_DATE_OF_BIRTH><TYPE_OF_DATE>APPROXIMATELY</TYPE_OF_DATE>
        <YEAR>1965</YEAR></INDIVIDUAL_DATE_OF_BIRTH>
      <INDIVIDUAL_DATE_OF_BIRTH><TYPE_OF_DATE>BETWEEN</TYPE_OF_DATE>
        <FROM_YEAR>1960</FROM_YEAR><TO_YEAR>1962</TO_YEAR></INDIVIDUAL_DATE_OF_BIRTH>
      <INDIVIDUAL_DOCUMENT><TYPE_OF_DOCUMENT>Numéro de passeport</TYPE_OF_DOCUMENT>
        <NUMBER>Libyan passport No. SE 012820</NUMBER>
        <DATE_OF_ISSUE>2001-02-03</DATE_OF_ISSUE></INDIVIDUAL_DOCUMENT>
      <NEW_ELEMENT>Something new</NEW_ELEMENT>
    </INDIVIDUAL>
  </INDIVIDUALS>
  <ENTITIES>
    <ENTITY>
      <DATAID>9002</DATAID><FIRST_NAME>FIRST FIRM (FF) ; SECOND FIRM</FIRST_NAME>
      <UN_LIST_TYPE>DRC</UN_LIST_TYPE><REFERENCE_NUMBER>CDe.999</REFERENCE_NUMBER>
      <LISTED_ON>2014-06-30</LISTED_ON>
      <ENTITY_ALIAS><QUALITY>f.k.a.</QUALITY><ALIAS_NAME>Old Firm</ALIAS_NAME></ENTITY_ALIAS>
      <ENTITY_ADDRESS><STREET>1 Road</STREET><CITY>Goma</CITY>
        <STATE_PROVINCE>North Kivu</STATE_PROVINCE>
        <COUNTRY>Democratic Republic of the Congo</COUNTRY></ENTITY_ADDRESS>
    </ENTITY>
  </ENTITIES>
</CONSOLIDATED_LIST>
"""


def write_set(
    folder: Path,
    *,
    sdn: str = SDN + END,
    add: str = ADD + END,
    alt: str = ALT + END,
    comments: str | None = None,
) -> Path:
    """Write a set of OFAC's delimited files; an empty text leaves the file out."""
    for name, text in (
        ("sdn.csv", sdn),
        ("add.csv", add),
        ("alt.csv", alt),
        ("sdn_comments.csv", comments or ""),
    ):
        if text:
            (folder / name).write_bytes(text.encode("utf-8", "surrogateescape"))
    return folder


def write_un(folder: Path, text: str = UN) -> Path:
    """Write a UN list; returns the file."""
    path = folder / "consolidated.xml"
    path.write_bytes(text.encode("utf-8", "surrogateescape"))
    return path
