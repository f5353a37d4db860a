import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;

/** An application that has camel-core and camel-ray on its class path, and nothing of camel-ray's program. */
public final class PlainApplication {

    private PlainApplication() {}

    public static void main(String[] arguments) throws Exception {
        Path home = Path.of(arguments[0]);
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            var ray = context.getComponent("ray", io.camelray.component.RayComponent.class);
            ray.setHome(home.toString());
            ray.setLumaApiKey("luma-api-test");
            ray.setLumaBaseUrl(arguments[1]);
            ray.setDownloadAllowPrivate(true);
            ray.setInitialPollDelay(100);
            ray.setPollInterval(100);
            context.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    from("direct:teaser").to("ray:generate?aspectRatio=1:1&resolution=360p&budget=1.00");
                }
            });
            context.start();
            Object file = context.createFluentProducerTemplate()
                    .to("direct:teaser")
                    .withBody("a sage green mug")
                    .withHeader("CamelRayKey", "order-17")
                    .request(java.io.File.class);
            System.out.println("VIDEO " + Files.size(((java.io.File) file).toPath()));
        }
    }
}
