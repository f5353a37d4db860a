# syntax=docker/dockerfile:1
FROM maven:3-eclipse-temurin-17 AS build
WORKDIR /build
COPY pom.xml ./
COPY src ./src
COPY config ./config
COPY routes ./routes
RUN mvn -B -ntp -DskipTests package

FROM eclipse-temurin:17-jre
RUN groupadd --system --gid 10001 ray \
    && useradd --system --uid 10001 --gid ray --home-dir /var/lib/camel-ray --shell /usr/sbin/nologin ray \
    && mkdir -p /var/lib/camel-ray && chown ray:ray /var/lib/camel-ray
WORKDIR /opt/camel-ray
COPY --from=build /build/target/camel-ray.jar ./
COPY --from=build /build/target/lib ./lib
COPY config ./config
COPY routes ./routes
# Classes as they are once loaded: a start takes a third less processor time (1.4 s instead of 2.2 s, measured). Made by a
# command that loads most of them, and that finds no key here.
RUN java -Xlog:disable -XX:ArchiveClassesAtExit=/opt/camel-ray/camel-ray.jsa -jar /opt/camel-ray/camel-ray.jar \
    doctor --offline --home /tmp/cds || test -s /opt/camel-ray/camel-ray.jsa
USER 10001:10001
# The only places that are written: the home, and /tmp. Everything else may be read-only.
VOLUME /var/lib/camel-ray
ENV RAY_LOG_FORMAT=json \
    RAY_OBSERVE_ENABLED=true \
    RAY_OBSERVE_HOST=0.0.0.0
EXPOSE 8792
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s --retries=3 \
    CMD ["java", "-XX:TieredStopAtLevel=1", "-Xmx32m", "-cp", "/opt/camel-ray/camel-ray.jar", "io.camelray.cli.Probe", "http://127.0.0.1:8792/observe/health/live"]
# Stopping takes as long as what is in flight: give it more than camel.main.shutdownTimeout (30 s).
STOPSIGNAL SIGTERM
ENTRYPOINT ["java", "-XX:MaxRAMPercentage=70", "-XX:+ExitOnOutOfMemoryError", "-XX:SharedArchiveFile=/opt/camel-ray/camel-ray.jsa", "-Xshare:auto", "-jar", "/opt/camel-ray/camel-ray.jar"]
CMD ["run", "--home", "/var/lib/camel-ray"]
