package example;

import io.camelray.component.RayComponent;
import org.apache.camel.FluentProducerTemplate;
import org.apache.camel.builder.RouteBuilder;
import org.springframework.boot.CommandLineRunner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.context.annotation.Bean;

/** A Spring Boot application that uses camel-ray, configured as Spring Boot is. */
@SpringBootApplication
public class BootApplication {

    public static void main(String[] arguments) {
        System.exit(SpringApplication.exit(SpringApplication.run(BootApplication.class, arguments)));
    }

    /** Spring Boot's own properties configure the component, under the names that Camel's main uses. */
    @Bean("ray-component")
    @ConfigurationProperties("camel.component.ray")
    RayComponent ray() {
        return new RayComponent();
    }

    @Bean
    RouteBuilder teaser() {
        return new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:teaser").to("ray:generate?aspectRatio=1:1&resolution=360p&budget=1.00");
            }
        };
    }

    @Bean
    CommandLineRunner ask(FluentProducerTemplate template) {
        return arguments -> {
            java.io.File file = template.to("direct:teaser")
                    .withBody("a sage green mug")
                    .withHeader("CamelRayKey", "order-17")
                    .request(java.io.File.class);
            System.out.println("VIDEO " + file.length());
        };
    }
}
