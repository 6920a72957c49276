"""The four ways a message reaches the gateway: three kinds of URL, and TCP frames."""

import json

from clients import Frames, post
from messages import sign_in

# Style C, as clients have it: /fsi/api/{service}/{method}, spelling mistakes included.
METHODS = {
    "9001": "signInSignOutService/signIn", "9002": "signInSignOutService/signOut",
    "1101": "fsiPsnInfoService/queryPsnInfo",
    "2101": "pharmacyService/preSettle", "2102": "pharmacyService/settle",
    "2103": "pharmacyService/cancelSettle",
    "2201": "outpatientDocInfoService/outpatientRregistration",
    "2202": "outpatientDocInfoService/outpatientRegistrationCancel",
    "2203": "outpatientDocInfoService/outpatientMdtrtinfoUp",
    "2204": "outpatientDocInfoService/outpatientFeeListUp",
    "2205": "outpatientDocInfoService/outpatientFeeListUpCancel",
    "2206": "outpatientSettleService/preSettletment",
    "2207": "outpatientSettleService/saveSettletmentV2",
    "2208": "outpatientSettleService/cancleSettletment",
    "2303": "hospSettService/preSett", "2304": "hospSettService/settV2", "2305": "hospSettService/settCl",
    "2601": "reverseService/revsMethod", "5203": "fsiIntegratedQueryService/querySetlInfo",
}


def one_url(gateway, infno, institution, body):
    return over_http(gateway, "/fsi/api", body)


def url_by_infno(gateway, infno, institution, body):
    return over_http(gateway, f"/fsi/api/{infno}", body)


def url_by_method(gateway, infno, institution, body):
    return over_http(gateway, "/fsi/api/" + METHODS.get(infno[:4], "callFsiService/callService"), body)


def over_http(gateway, path, body):
    status, answer = post(gateway.http, path, body)
    if status != 200:
        raise AssertionError(f"HTTP {status}: {answer.decode()}")
    return answer


def over_tcp(gateway, infno, institution, body):
    frames = Frames(gateway.tcp, institution, json.loads(json.dumps(sign_in(institution))))
    try:
        frames.send(7, body)
        correlation, answer = frames.receive_bytes()
        assert correlation == 7, correlation
        return answer
    finally:
        frames.close()


ALL = {"one_url": one_url, "url_by_infno": url_by_infno, "url_by_method": url_by_method, "tcp": over_tcp}
