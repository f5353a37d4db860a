FROM maven:3-eclipse-temurin-17 AS build
WORKDIR /build
COPY pom.xml ./
COPY src ./src
COPY config ./config
COPY routes ./routes
RUN mvn -B -ntp -DskipTests package

FROM eclipse-temurin:17-jre
RUN groupadd --system ray && useradd --system --gid ray --home-dir /var/lib/camel-ray ray \
    && mkdir -p /var/lib/camel-ray && chown ray:ray /var/lib/camel-ray
WORKDIR /opt/camel-ray
COPY --from=build /build/target/camel-ray.jar ./
COPY --from=build /build/target/lib ./lib
COPY config ./config
COPY routes ./routes
USER ray
VOLUME /var/lib/camel-ray
# Stopping takes as long as what is in flight: give it more than camel.main.shutdownTimeout (30 s).
STOPSIGNAL SIGTERM
ENTRYPOINT ["java", "-jar", "/opt/camel-ray/camel-ray.jar"]
CMD ["run", "--home", "/var/lib/camel-ray"]
