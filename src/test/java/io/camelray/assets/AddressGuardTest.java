package io.camelray.assets;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AddressGuardTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.0.0.0", "10.1.2.3", "127.0.0.1", "127.9.9.9", "100.64.0.1", "100.127.255.255", "169.254.169.254",
                "172.16.0.1", "172.31.255.255", "192.168.1.1", "192.0.0.8", "192.0.2.1", "198.18.0.1", "198.51.100.7",
                "203.0.113.9", "224.0.0.1", "240.0.0.1", "255.255.255.255", "::", "::1", "::ffff:127.0.0.1",
                "::ffff:8.8.8.8", "::127.0.0.1", "fe80::1", "fec0::1", "fc00::1", "fd00:ec2::254", "ff02::1",
                "64:ff9b::a00:1", "2002:7f00:1::", "2001:db8::1", "2001::1"
            })
    void special_addresses_are_not_public(String address) throws UnknownHostException {
        boolean mapped = address.equals("::ffff:8.8.8.8"); // Java turns it into the public IPv4 address that it is
        assertThat(AddressGuard.isPublic(InetAddress.getByName(address))).isEqualTo(mapped);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "8.8.8.8",
                "1.1.1.1",
                "100.63.255.255",
                "100.128.0.0",
                "172.15.0.1",
                "172.32.0.1",
                "192.169.0.1",
                "52.216.1.1",
                "2600:1f18::1",
                "2a00:1450::1",
                "64:ff9b::808:808"
            })
    void ordinary_addresses_are_public(String address) throws UnknownHostException {
        assertThat(AddressGuard.isPublic(InetAddress.getByName(address))).isTrue();
    }
}
